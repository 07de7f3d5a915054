"""What was promised: shown to be done, confirmed or disputed, and due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ProveCommitment:
    """The owner's side shows that it is done; `evidence` lies before the case."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
    text: str
    evidence: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ConfirmCommitment:
    """The other side says it is done."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID


@dataclass(frozen=True)
class DisputeCommitment:
    """The other side says it is not."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
    reason: str


@dataclass(frozen=True)
class RemindAhead:
    """A commitment is due on that day, soon."""

    mediation_id: UUID
    commitment_id: UUID
    due_on: date


@dataclass(frozen=True)
class FallDue:
    """A commitment's due day may be over."""

    mediation_id: UUID
    commitment_id: UUID
