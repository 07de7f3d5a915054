"""What a court said, and what its station was handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class CourtResult:
    """Confirmed, the agreement may be enforced (art. 33)."""

    confirmed: bool
    decided_on: date
    document_no: str


@dataclass(frozen=True)
class Handover:
    """A pack that was sent: both sides see what was in it."""

    pack_id: UUID
    sent_on: date
    party: UUID | None
    sha256: str
    pages: int
    contents: tuple[str, ...]
    returned_on: date | None = None
    """When the station answered; until then nobody is pressed for what lies with it."""
