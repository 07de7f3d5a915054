"""A matter in an authority's hands, for the people of the case and for the officer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.terms import Paper, ReferralPart, ReferralResult


class ReferralView(BaseModel):
    """A matter in an authority's hands, as the people of the case see it."""

    id: UUID
    authority: str
    authority_label: str
    part: ReferralPart
    sent_on: date
    until: date
    received_on: date | None
    chased: int
    returned_on: date | None
    result: ReferralResult | None
    document_no: str | None
    public_note: str | None
    """What of the authority's result is for everybody concerned."""


class PaperView(BaseModel):
    """Something the officer reads: words alone, without hour, place on the network or device."""

    code: Paper
    text: str


class HandedFile(BaseModel):
    """A file the officer may look at, under the referral: without its bringer's hour and words."""

    id: UUID
    kind: str
    media_type: str
    size: int


class HandedOverView(ReferralView):
    """The same as the officer and the coordinator have it: just what was handed over."""

    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    late_days: int
    summary: str | None
    note: str
    documents: list[str]
    papers: list[PaperView]
    evidence: list[HandedFile]
    """As long as it lies with them."""
    returned_note: str | None


class Referrals(BaseModel):
    items: list[HandedOverView]
