"""The court: what it said of an agreement, and what its station is handed when one was not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class RecordCourtResult:
    """What the court said to the joint request."""

    mediation_id: UUID
    agreement_id: UUID
    confirmed: bool
    decided_on: date
    document_no: str


@dataclass(frozen=True)
class NoteReturn:
    """The court station has answered to the pack."""

    mediation_id: UUID
    pack_id: UUID


@dataclass(frozen=True)
class HandOver:
    """The pack with this checksum goes to the court station; `party` is None for the committee."""

    mediation_id: UUID
    pack_id: UUID
    party: UUID | None
    sha256: str
    pages: int
    contents: tuple[str, ...]
