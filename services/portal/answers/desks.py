"""What the lists say of those who are no party: papers, referrals, visits, children, questions asked of homes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer


class PaperNotice(Answer):
    """The notice for a respondent without an account."""

    reference: str
    title: str
    lines: tuple[str, ...]
    code: str | None = None


class Paper(Answer):
    """Words the officer was given to read."""

    code: str
    text: str


class Duty(Answer):
    """What to tell the people in a building."""

    do: tuple[str, ...]
    dont: tuple[str, ...]


class HotlineCall(Answer):
    """A call for help that was made."""

    number: str
    at: datetime


class OnDuty(Answer):
    """A case's emergency, as whoever is on duty has it in hand."""

    raised_at: datetime
    confirmed_at: datetime | None = None
    lifted_at: datetime | None = None
    calls: tuple[HotlineCall, ...] = ()
    duty: Duty


class Home(Answer):
    """A home from which somebody must be carried; of one's own also whether, and when the captain looked."""

    place_id: UUID
    name: str
    needed: bool = True
    looked_at: tuple[datetime, ...] = ()


class Result(Answer):
    """What came of a matter, in words for everybody concerned."""

    on: date
    text: str


class OralReceipt(Answer):
    """The receipt of what was agreed on the spot, for somebody without an account."""

    reference: str
    title: str
    lines: tuple[str, ...]


class HandedFile(Answer):
    """A file the officer was given to look at."""

    id: UUID
    kind: str
    size: int


class HandedOver(Answer):
    """What lies with an authority, as its officer sees it."""

    id: UUID
    case_id: UUID
    reference: str
    subcategory: str
    authority_label: str
    place_id: UUID | None = None
    sent_on: date
    until: date
    late_days: int = 0
    received_on: date | None = None
    summary: str | None = None
    note: str
    documents: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    evidence: tuple[HandedFile, ...] = ()
    returned_on: date | None = None
    result: str | None = None
    document_no: str | None = None
    returned_note: str | None = None


class VisitTask(Answer):
    """A return visit still to be made."""

    id: UUID
    case_id: UUID
    reference: str
    subcategory: str
    place_id: UUID | None = None
    due: date
    provisional: bool = False
    made: bool = False
    late_days: int = 0
    survey_aloud: bool = False
    survey_slips: bool = False


class MinorNotice(Answer):
    """What was told of a child under 14 and waits for a guardian."""

    id: UUID
    reference: str
    subcategory: str
    place_id: UUID | None = None
    place_text: str | None = None
    description: str
    filed_at: datetime


class AskedOfMe(Answer):
    """What the coordinator asks this person, and their own answer."""

    id: UUID
    reference: str
    question: str
    asked_on: date
    open: bool
    text: str | None = None
    shared_with: str | None = None


class PrivateAnswer(Answer):
    """One who was asked, as far as this reader may know."""

    ask_id: UUID | None = None
    place_id: UUID | None = None
    answered_on: date | None = None
    text: str | None = None
    own_statement: bool = False


class Inquiry(Answer):
    """A question to the homes around a matter."""

    question: str
    asked_on: date
    answers: tuple[PrivateAnswer, ...] = ()
