"""Whether it lasted: return visits, and what was answered when asked how it went."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.receipts import OnlyIfTrue
from services.complaints.terms import Side, Slip


class VisitView(BaseModel):
    """A return visit; its note is for staff."""

    id: UUID
    due: date
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known; it is counted again when they are."""
    visited_on: date | None
    lasting: bool | None
    note: str | None


class VisitTask(BaseModel):
    """A return visit that is still to be made, or that was and left the question how it went to be answered."""

    id: UUID
    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    due: date
    provisional: OnlyIfTrue = False
    made: bool
    late_days: int
    survey_aloud: bool
    """Whether somebody without an account is to be asked aloud how it went, by whoever reads this."""
    survey_slips: bool
    """Whether an answer on paper may still be entered."""


class VisitTasks(BaseModel):
    items: list[VisitTask]


class SurveyView(BaseModel):
    """The reader's own survey."""

    id: UUID
    closes_on: date
    answered: bool


class HowItWent(BaseModel):
    """What one party answered when asked how it went, for whoever handled the case and once all is answered.

    The comment only where whoever wrote it agreed.
    """

    on: date
    side: Side
    solved: bool
    score: int
    comment: str | None
    slip: Slip | None
    """How it came, where it was entered for whoever answered."""
