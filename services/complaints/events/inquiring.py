"""走访询问: what the case knows of an inquiry, and the inquiry's own journal, where the private answers stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import SharedWith


@dataclass(frozen=True)
class InquiryOpened:
    """Of the case. No home is named: to be asked is no suspicion, and is not to become one."""

    on: date
    inquiry_id: UUID
    homes: int


@dataclass(frozen=True)
class QuestionAsked:
    """Of the inquiry. Who an ask is for, and where they live, stands in the table `asks` alone."""

    on: date
    reference: str
    question: str
    asks: tuple[UUID, ...]


@dataclass(frozen=True)
class QuestionAnswered:
    """Of the inquiry. `entered`: said at the door, and written down by the coordinator."""

    on: date
    ask_id: UUID
    text: str
    shared_with: SharedWith
    own_statement: bool = False
    entered: bool = False


InquiryEvent = QuestionAsked | QuestionAnswered
