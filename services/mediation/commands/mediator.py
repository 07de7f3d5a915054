"""The mediator: asked, accepted or declined, taking it, leaving it.

`substitute` is whoever would be asked next, as the facts say; None when nobody is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Conflict, Relation


@dataclass(frozen=True)
class NominateMediator:
    """Somebody is to be asked to mediate; `conflicts` is what the facts say of them.

    A party who names somebody (`party`) accepts them by it.
    """

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]
    party: UUID | None = None


@dataclass(frozen=True)
class AcceptMediator:
    """A party accepts whoever is asked or leads; for themselves alone."""

    mediation_id: UUID
    party: UUID


@dataclass(frozen=True)
class DeclineMediator:
    """A party does not want whoever is asked or leads. No reason is asked for."""

    mediation_id: UUID
    party: UUID
    substitute: UUID | None = None


@dataclass(frozen=True)
class TakeMediation:
    """The mediator asked takes it, or declares why they must not; the facts are looked at again."""

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]
    relation: Relation = "none"
    substitute: UUID | None = None


@dataclass(frozen=True)
class PassOn:
    """The mediator cannot, or steps back (回避). No reason is asked for."""

    mediation_id: UUID
    mediator: UUID


@dataclass(frozen=True)
class StopForConflict:
    """A conflict of interest came to light: `by` is who says so."""

    mediation_id: UUID
    by: UUID
    note: str = ""
    substitute: UUID | None = None
