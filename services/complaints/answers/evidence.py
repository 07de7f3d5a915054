"""Evidence, noise readings and their verdicts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.receipts import OnlyIfTrue, Receipt
from services.complaints.terms import (
    Role,
)


class FindingView(BaseModel):
    """One measured quantity against its limit."""

    quantity: str
    limit_db: int
    measured_db: str
    corrected_db: int | None
    correction_db: int | None
    margin_db: int | None
    holds: str


class VerdictView(BaseModel):
    """What a reading shows; the figures are those of the quantity with the largest margin."""

    outcome: str
    grade: str
    period: str
    branch: str | None
    standard: str | None
    clause: str | None
    table: str | None
    quantity: str | None
    limit_db: int | None
    corrected_db: int | None
    correction_db: int | None
    margin_db: int | None
    findings: list[FindingView]
    reasons: list[str]
    shortfalls: list[str]
    text: str


class ReadingView(BaseModel):
    """A noise reading; hour, place and note are for its own side and the staff where a name is concealed."""

    id: UUID
    added_by: Role
    carried: OnlyIfTrue = False
    released: bool
    source: str
    instrument: str
    measured_by: str
    measured_at: datetime | None
    point: str | None
    note: str | None
    zone_class: str | None
    zone_registered: bool
    verdict: VerdictView


class ReadingReceipt(Receipt):
    """The answer to a reading: where the case stands, and what the reading shows."""

    reading: ReadingView


class EvidenceView(BaseModel):
    """A piece of evidence; hour, words and hash are for its bringer and the staff."""

    id: UUID
    kind: str
    added_by: Role
    shown: str
    masked: bool
    carried: OnlyIfTrue = False
    """Whether it was taken over from the case that this one continues."""
    added_at: datetime | None
    released_on: date | None
    taken_at: datetime | None
    note: str | None
    sha256: str | None
    media_type: str | None
    size: int | None
    readable: bool


class EvidenceList(BaseModel):
    items: list[EvidenceView]


class EvidenceReceipt(Receipt):
    """The answer to a file: where the case stands, and the id it got."""

    evidence_id: UUID


class ZoneView(BaseModel):
    """The noise class of a block, and the map it was read from."""

    block_id: UUID
    zone_class: str
    source: str
