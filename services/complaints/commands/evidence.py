"""What is laid before a case: files, noise readings, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.complaints.noise import Reading
from services.complaints.terms import EvidenceKind


@dataclass(frozen=True)
class StoredObject:
    """Bytes that lie in the object store, cleaned of what they told of their maker."""

    object_key: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class AddEvidence:
    """Lay a file before the case. `shows_minor` seals it from the first moment."""

    case_id: UUID
    evidence_id: UUID
    kind: EvidenceKind
    content: StoredObject
    taken_at: datetime | None = None
    note: str | None = None
    shows_minor: bool = False


@dataclass(frozen=True)
class RecordReading:
    """Lay a noise reading before the case; the class of the place was looked up in the register before."""

    case_id: UUID
    reading_id: UUID
    reading: Reading
    zone_registered: bool = False
    note: str | None = None


@dataclass(frozen=True)
class ReleaseEvidence:
    """Show it to the other side; `masked` stands in its place where faces, flats or plates were on it."""

    case_id: UUID
    evidence_id: UUID
    masked: StoredObject | None = None


@dataclass(frozen=True)
class SealEvidence:
    """A child is on it: from here a coordinator alone opens it, with a reason."""

    case_id: UUID
    evidence_id: UUID


@dataclass(frozen=True)
class OpenSealed:
    """Look at sealed evidence, with a reason that is kept."""

    case_id: UUID
    evidence_id: UUID
    coordinator_id: UUID
    reason: str


@dataclass(frozen=True)
class EraseSealed:
    """The days after closing are over: what shows a child goes."""

    case_id: UUID
