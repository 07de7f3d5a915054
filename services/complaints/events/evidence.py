"""What was laid before a case, shown, sealed and erased. The bytes lie elsewhere; here is their hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.complaints.commands.evidence import StoredObject
from services.complaints.noise import Reading, Verdict
from services.complaints.terms import EvidenceKind, ExhibitKind, Role


@dataclass(frozen=True)
class EvidenceAdded:
    evidence_id: UUID
    kind: EvidenceKind
    side: Role
    party_id: UUID | None
    content: StoredObject
    taken_at: datetime | None
    note: str | None
    sealed: bool
    carried: bool = False
    """Whether it lay before the case that this one continues, and was taken over at the filing."""


@dataclass(frozen=True)
class ReadingRecorded:
    """The verdict is kept as it was given: a later table does not change it."""

    evidence_id: UUID
    side: Role
    party_id: UUID | None
    reading: Reading
    zone_registered: bool
    verdict: Verdict
    note: str | None
    carried: bool = False


@dataclass(frozen=True)
class EvidenceReleased:
    evidence_id: UUID
    kind: ExhibitKind
    side: Role
    party_id: UUID | None
    masked: StoredObject | None
    as_proof: bool = False
    """Whether it was shown as the proof of a commitment, for the other side to look at."""


@dataclass(frozen=True)
class EvidenceSealed:
    evidence_id: UUID
    party_id: UUID | None


@dataclass(frozen=True)
class SealedEvidenceOpened:
    evidence_id: UUID
    coordinator_id: UUID
    reason: str


@dataclass(frozen=True)
class EvidenceErased:
    """The hash proves what it was, and that the history is whole."""

    evidence_id: UUID
    party_id: UUID | None
    sha256: str
