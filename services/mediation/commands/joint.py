"""One session for two mediations of the same conflict: each party says yes or no in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Beside, Session


@dataclass(frozen=True)
class NoteBeside:
    """Another mediation between the same people was opened."""

    mediation_id: UUID
    beside: Beside


@dataclass(frozen=True)
class AnswerJoint:
    """A party agrees that this mediation is held in one session with the other, or does not."""

    mediation_id: UUID
    party: UUID
    agreed: bool


@dataclass(frozen=True)
class ScheduleTogether:
    """Fix the time of the other's session for this one too. What is told of the other was looked up before."""

    mediation_id: UUID
    session_id: UUID
    other: UUID
    session: Session | None
    mediator: UUID | None
    agreed: bool
    has_guests: bool = False
    open: bool = False


@dataclass(frozen=True)
class FollowSession:
    """The session this one is held together with was moved, or is held no more (None)."""

    mediation_id: UUID
    session: Session | None
