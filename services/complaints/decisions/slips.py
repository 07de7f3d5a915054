"""A survey answered on paper is worth as much as any other, and counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints.commands import EnterSurvey
from services.complaints.decisions import closing
from services.complaints.decisions.state import CaseFile, Circumstances, Standing, Survey, Surveyed
from services.complaints.events import Event, SurveyAnswered
from services.complaints.terms import Side
from shared.errors import Invalid, Refused


def enter(case: Surveyed, command: EnterSurvey, at: Circumstances) -> list[Event]:
    """By whoever handed it over, and never by the captain whose own entering it may be about."""
    file, clock = case.file, case.file.clock("survey")
    assert clock is not None  # noqa: S101
    if file.spoken is not None and command.entered_by == file.spoken.captain_id:
        raise Refused("not_asked_by_the_captain")
    if command.received_on > at.today:
        raise Invalid("/received_on", "in_the_future")
    if command.received_on < clock.since:
        raise Invalid("/received_on", "before_survey")
    survey = _survey(case, command, at)
    answered = closing.answer_survey(case, command, replace(at, by=Standing(command.side, survey.party_id)))
    return [
        replace(one, received_on=command.received_on, scan=command.scan, slip=command.slip)
        if isinstance(one, SurveyAnswered)
        else one
        for one in answered
    ]


def may_enter(case: Surveyed, at: Circumstances) -> bool:
    """Whether a slip may still come."""
    return is_awaited(case, at.now)


def is_awaited(case: Surveyed, now: datetime) -> bool:
    """Whether the days for it run, and somebody has not answered."""
    clock = case.file.clock("survey")
    return clock is not None and not clock.is_over(now) and not all(one.is_answered for one in case.surveys)


def _survey(case: Surveyed, command: EnterSurvey, at: Circumstances) -> Survey:
    """Of several it has to be said whose slip it is: of those who complain together, by the number they filed under."""
    waiting = [one for one in case.surveys if not one.is_answered]
    of_side = [one for one in waiting if _side(one.party_id, case.file, at) == command.side]
    found = [one for one in of_side if command.party_id in (None, one.party_id)]
    if not found:
        raise Refused("survey_answered_already")
    if len(found) == 1:
        return found[0]
    if any(one.party_id in at.fellows for one in found):
        raise Invalid("/own_reference", "which_reference")
    raise Invalid("/slip_of", "which_party")


def _side(party_id: UUID, file: CaseFile, at: Circumstances) -> Side | None:
    return "complainant" if party_id in at.fellows else file.side_ever(party_id)
