"""The mediator: asked, accepted or declined, taking it, leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mediation.state import Relation


@dataclass(frozen=True)
class MediatorProposed:
    mediator: UUID


@dataclass(frozen=True)
class MediatorAccepted:
    mediator: UUID
    party: UUID


@dataclass(frozen=True)
class MediatorDeclined:
    """By whom is for mediator and committee alone."""

    mediator: UUID
    party: UUID


@dataclass(frozen=True)
class MediatorTook:
    """`declared` is absent where it happened before anybody was asked to declare."""

    mediator: UUID
    declared: Relation | None = None


@dataclass(frozen=True)
class MediatorPassed:
    mediator: UUID


@dataclass(frozen=True)
class MediatorSteppedAside:
    """They declared a tie themselves (回避). What tie is for the committee alone."""

    mediator: UUID
    declared: Relation


@dataclass(frozen=True)
class SessionVoided:
    """The session had begun and counts for nothing."""

    session_id: UUID
    at: datetime


@dataclass(frozen=True)
class MediatorRemoved:
    """A conflict of interest came to light while they led it."""

    mediator: UUID
    by: UUID
    note: str
    at: datetime
