"""评 and the other ends: surveys, return visits, and the days that passed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.state import (
    AwaitingRoute,
    AwaitingTriage,
    AwaitingVisits,
    Case,
    Closed,
    Survey,
    Surveyed,
)
from services.complaints.events import (
    CaseClosed,
    CaseEscalated,
    CaseReopened,
    ClockMissed,
    ClockWarned,
    ReturnVisitDue,
    ReturnVisited,
    SurveyAnswered,
    SurveyRequested,
    VisitsRecounted,
)
from services.complaints.terms import ESCALATION


def _survey_requested(case: AwaitingVisits | Surveyed, event: SurveyRequested) -> Case:
    survey = Survey(event.survey_id, event.party_id)
    asked = case.surveys if isinstance(case, Surveyed) else ()
    file = case.file.with_ended("last_visit", event.survey.since).with_clock(event.survey)
    return Surveyed(file, (*asked, survey))


def _survey_answered(case: Surveyed, event: SurveyAnswered) -> Case:
    surveys = tuple(
        replace(one, solved=event.solved) if one.survey_id == event.survey_id else one for one in case.surveys
    )
    file = case.file
    if event.scan is not None:
        scan = Exhibit(
            event.scan.evidence_id, "survey_slip", "coordinator", None, "withheld", event.scan.content
        )
        file = replace(file, exhibits=(*file.exhibits, scan))
    complete = all(one.is_answered for one in surveys)
    return Surveyed(file.with_ended("survey", event.on) if complete else file, surveys)


def _closed(case: Case, event: CaseClosed) -> Case:
    file = replace(case.file.with_all_stopped(), held=())
    if file.group is not None:
        file = replace(file, group=replace(file.group, held=(), tell_at=None))
    return Closed(file.with_clock(event.reopen), event.outcome, event.erase_on, event.lead_case_id)


def _reopened(case: Case, event: CaseReopened) -> Case:
    file = case.file.with_ended("reopen", event.on).with_clock(event.clock)
    visits = tuple(one for one in file.visits if not one.is_open)
    file = replace(file, mediation=None, visits=visits)
    return AwaitingTriage(file) if file.accepted_on is None else AwaitingRoute(file)


def _recounted(case: Case, event: VisitsRecounted) -> Case:
    for one in event.visits:
        case = _with_visit(case, one.visit_id, due=one.due, provisional=one.provisional)
    return replace(case, file=case.file.with_clock(event.last_visit)) if event.last_visit else case


def _visit_due(case: Case, event: ReturnVisitDue) -> Case:
    return _with_visit(case, event.visit_id, told=True)


def _visited(case: Case, event: ReturnVisited) -> Case:
    visited = _with_visit(case, event.visit_id, visited_on=event.on, lasting=event.lasting)
    return replace(visited, file=visited.file.with_clock(event.reopen)) if event.reopen else visited


def _with_visit(case: Case, visit_id: UUID, **changes: Any) -> Case:
    visit = next(one for one in case.file.visits if one.visit_id == visit_id)
    return replace(case, file=case.file.with_visit(replace(visit, **changes)))


def _missed(case: Case, event: ClockMissed) -> Case:
    clock = case.file.clock(event.clock, event.of)
    return replace(case, file=case.file.with_clock(clock.late())) if clock else case


def _warned(case: Case, event: ClockWarned) -> Case:
    clock = case.file.clock(event.clock, event.of)
    return replace(case, file=case.file.with_clock(replace(clock, warned=True))) if clock else case


def _escalated(case: Case, event: CaseEscalated) -> Case:
    clock = case.file.clock(event.clock)
    steps = ESCALATION.index(event.step) + 1
    return replace(case, file=case.file.with_clock(replace(clock, escalated=steps))) if clock else case


EVOLUTIONS: Evolutions = {
    SurveyRequested: _survey_requested,
    SurveyAnswered: _survey_answered,
    CaseClosed: _closed,
    CaseReopened: _reopened,
    ClockMissed: _missed,
    VisitsRecounted: _recounted,
    ReturnVisitDue: _visit_due,
    ReturnVisited: _visited,
    ClockWarned: _warned,
    CaseEscalated: _escalated,
}
