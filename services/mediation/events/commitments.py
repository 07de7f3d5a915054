"""What was promised: shown to be done, confirmed or disputed, and due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import ByMouth


@dataclass(frozen=True)
class CommitmentProven:
    commitment_id: UUID
    text: str
    confirm_until: date
    on: date | None = None
    by_mediator: bool = False
    evidence: tuple[UUID, ...] = ()
    """What lies before the case and shows it; who may look at it is decided there."""


@dataclass(frozen=True)
class CommitmentConfirmed:
    commitment_id: UUID
    by_mouth: ByMouth | None = None


@dataclass(frozen=True)
class CommitmentDisputed:
    commitment_id: UUID
    reason: str
    by_mouth: ByMouth | None = None


@dataclass(frozen=True)
class CommitmentRemindedAhead:
    """Whoever owes it was told that its day comes."""

    commitment_id: UUID
    due_on: date


@dataclass(frozen=True)
class CommitmentFellDue:
    """`quiet`: nobody is told, for its owner has said that they will not do it, or it lies with the court station.

    What lay there and is still owed falls due once more when it is back.
    """

    commitment_id: UUID
    proven: bool
    quiet: bool = False


@dataclass(frozen=True)
class CommitmentsPerformed:
    confirmed_on: date | None = None
    """Where it was known only later that a confirmation stands."""
