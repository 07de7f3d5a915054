"""What was promised: shown to be done, confirmed or disputed, and due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class CommitmentProven:
    commitment_id: UUID
    text: str
    confirm_until: date
    on: date | None = None


@dataclass(frozen=True)
class CommitmentConfirmed:
    commitment_id: UUID


@dataclass(frozen=True)
class CommitmentDisputed:
    commitment_id: UUID
    reason: str


@dataclass(frozen=True)
class CommitmentFellDue:
    commitment_id: UUID
    proven: bool


@dataclass(frozen=True)
class CommitmentsPerformed:
    pass
