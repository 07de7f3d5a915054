"""走访询问: everybody around is asked alike, answers in private, and becomes a party by their own word alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.complaints.commands import JoinByStatement, OpenInquiry
from services.complaints.decisions.state import Case, Circumstances, Closed, Filed
from services.complaints.events import Event, InquiryOpened, PartyAdded
from services.complaints.events.inquiring import InquiryEvent, QuestionAnswered, QuestionAsked
from shared.errors import Invalid, Refused


def open_inquiry(_: Filed, command: OpenInquiry, at: Circumstances) -> list[Event]:
    """A single home that is asked is a home suspected: there are always several."""
    least = at.timetable.rules.in_force("inquiry_homes", at.today).value
    if command.homes < least:
        raise Invalid("/place_ids", "too_few_homes", least=least)
    return [InquiryOpened(at.today, command.inquiry_id, command.homes)]


def join(_: Filed, command: JoinByStatement, at: Circumstances) -> list[Event]:
    """Nobody else's word was needed."""
    return [PartyAdded(at.today, command.party_id, "respondent", "neighbour", "own_statement")]


@dataclass(frozen=True)
class Inquiry:
    """A question to the homes around a matter, and what was answered so far."""

    asked: QuestionAsked
    answers: tuple[QuestionAnswered, ...] = ()

    def answer_to(self, ask_id: UUID) -> QuestionAnswered | None:
        """What was said to one ask."""
        return next((one for one in self.answers if one.ask_id == ask_id), None)


def answer(inquiry: Inquiry, said: QuestionAnswered, about: Case) -> list[InquiryEvent]:
    """Once: what was said in confidence is not changed under somebody else's eyes. Nobody reads it after the end."""
    if isinstance(about, Closed):
        raise Refused("inquiry_over")
    if inquiry.answer_to(said.ask_id) is not None:
        raise Refused("already_answered")
    return [said]


def inquiry_of(events: Sequence[InquiryEvent]) -> Inquiry:
    """The inquiry its journal tells of."""
    asked, *answers = events
    assert isinstance(asked, QuestionAsked)  # noqa: S101
    return Inquiry(asked, tuple(one for one in answers if isinstance(one, QuestionAnswered)))
