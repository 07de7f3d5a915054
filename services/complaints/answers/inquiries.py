"""What homes around a matter were asked, and what was told of children."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.complaints.terms import (
    SharedWith,
)


class InquiryAnswerView(BaseModel):
    """One person who was asked; home and person are for the coordinator alone, and so is who has not answered."""

    ask_id: UUID | None
    place_id: UUID | None
    member_id: UUID | None
    answered_on: date | None
    text: str | None
    shared_with: SharedWith | None
    own_statement: bool
    entered: bool


class InquiryView(BaseModel):
    """A question that was put to the homes around, in the same words."""

    id: UUID
    question: str
    asked_on: date
    answers: list[InquiryAnswerView]


class Inquiries(BaseModel):
    items: list[InquiryView]


class AskedView(BaseModel):
    """What somebody is asked, and their own answer."""

    id: UUID
    reference: str
    question: str
    asked_on: date
    open: bool
    """Whether it can still be answered."""
    answered_on: date | None
    text: str | None
    shared_with: SharedWith | None
    own_statement: bool


class AskedOfMe(BaseModel):
    items: list[AskedView]


class MinorNoticeView(BaseModel):
    """What was told of a child under 14 and waits for a guardian."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    place_text: str | None
    description: str
    filed_at: datetime


class MinorNotices(BaseModel):
    items: list[MinorNoticeView]
