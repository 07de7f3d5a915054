"""评 and the other ends: surveys, return visits, and the days that passed."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.decisions.state import (
    Surveyed,
)
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _warned(telling: Telling, event: e.ClockWarned) -> list[Contract]:
    if event.clock == "survey" and isinstance(telling.case, Surveyed):
        return _surveys_awaited(telling, telling.case, event)
    if awaited := _words_awaited(telling, event):
        return awaited
    return [
        contracts.ClockWarned(
            **telling.common,
            clock=event.clock,
            until=event.until,
            to=tuple(dict.fromkeys(telling.awaited(event))),
        )
    ]


def _words_awaited(telling: Telling, event: e.ClockWarned) -> list[Contract]:
    """Of a party, not of who works on the case; where nobody is known to answer, it is the coordinators' to look at."""
    match event.clock:
        case "answer":
            word, to = "answer", telling.readers("respondent")
        case "party_answer" if event.of is not None:
            word, to = "answer", telling.people.behind([event.of])
        case "confirm_done" if event.of is not None:
            word, to = "confirmation", telling.promised_to(event.of)
        case _:
            return []
    return [contracts.WordAwaited(**telling.common, word=word, to=to, until=event.until)] if to else []


def _surveys_awaited(telling: Telling, case: Surveyed, event: e.ClockWarned) -> list[Contract]:
    """Each by the link of their own."""
    return [
        contracts.SurveyAwaited(
            **telling.common, survey_id=survey.survey_id, member_id=member_id, closes_on=event.until
        )
        for survey in case.surveys
        if not survey.is_answered
        for member_id in telling.people.behind([survey.party_id])
    ]


def _escalated(telling: Telling, event: e.CaseEscalated) -> list[Contract]:
    to = telling.called_in(event.step) or telling.people.coordinators
    return [contracts.CaseEscalated(**telling.common, clock=event.clock, step=event.step, to=to)]


def _withdrawn(telling: Telling, _: e.CaseWithdrawn) -> list[Contract]:
    return [contracts.CaseWithdrawn(**telling.common)]


def _survey_requested(telling: Telling, event: e.SurveyRequested) -> list[Contract]:
    return [
        contracts.SurveyRequested(
            **telling.common, survey_id=event.survey_id, member_id=member_id, closes_on=event.survey.until
        )
        for member_id in telling.people.behind([event.party_id])
    ]


def _survey_answered(telling: Telling, event: e.SurveyAnswered) -> list[Contract]:
    side = telling.people.side_of(event.party_id, telling.case.file)
    if side is None:
        return []
    settled = telling.settled("survey", telling.people.behind([event.party_id]))
    return [contracts.SurveyAnswered(**telling.common, side=side, solved=event.solved), *settled]


def _closed(telling: Telling, event: e.CaseClosed) -> list[Contract]:
    """Readers of the first version know no hazard that was removed: to them it ended without agreement."""
    removed = event.outcome == "hazard_removed"
    outcome = "ended_without_agreement" if removed else event.outcome
    return [
        contracts.CaseClosed(
            **telling.common, outcome=outcome, reopen_until=event.reopen.until, hazard_removed=removed
        )
    ]


def _reopened(telling: Telling, _: e.CaseReopened) -> list[Contract]:
    return [contracts.CaseReopened(**telling.common)]


def _missed(telling: Telling, event: e.ClockMissed) -> list[Contract]:
    return [contracts.ClockMissed(**telling.common, clock=event.clock)]


def _visit_due(telling: Telling, event: e.ReturnVisitDue) -> list[Contract]:
    visit = next(one for one in telling.case.file.visits if one.visit_id == event.visit_id)
    people = telling.people
    helpers = (*people.holding("volunteer", telling.case.file), *telling.called_in("captain"))
    to = tuple(dict.fromkeys((*people.coordinators, *helpers)))
    return [contracts.ReturnVisitDue(**telling.common, visit_id=event.visit_id, due_on=visit.due, to=to)]


def _visited(telling: Telling, event: e.ReturnVisited) -> list[Contract]:
    return [contracts.ReturnVisited(**telling.common, visit_id=event.visit_id, lasting=event.lasting)]


TRANSLATIONS: Translations = {
    e.CaseWithdrawn: _withdrawn,
    e.SurveyRequested: _survey_requested,
    e.SurveyAnswered: _survey_answered,
    e.CaseClosed: _closed,
    e.CaseReopened: _reopened,
    e.ClockMissed: _missed,
    e.ClockWarned: _warned,
    e.ReturnVisitDue: _visit_due,
    e.ReturnVisited: _visited,
    e.CaseEscalated: _escalated,
}
