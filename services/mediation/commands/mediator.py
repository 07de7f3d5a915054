"""The mediator: asked, taking it, passing it on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Conflict


@dataclass(frozen=True)
class NominateMediator:
    """Somebody is to be asked to mediate; `conflicts` is what the facts say of them."""

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]


@dataclass(frozen=True)
class TakeMediation:
    """The mediator asked takes it; the facts are looked at again."""

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]


@dataclass(frozen=True)
class PassOn:
    """The mediator cannot, or steps back (回避). No reason is asked for."""

    mediation_id: UUID
    mediator: UUID
