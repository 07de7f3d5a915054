"""回访: visits after the performance, due whatever has become of the case by then.

An alliance may ask how it went together with the last of them, when it shows whether it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.complaints.clocks import Clock
from services.complaints.commands import EndClock, FallVisitDue, RecordReturnVisit, RecountVisits
from services.complaints.decisions.clockwork import tell_late
from services.complaints.decisions.closing import surveys
from services.complaints.decisions.state import (
    AwaitingVisits,
    CaseFile,
    Circumstances,
    Closed,
    Filed,
    ReturnVisit,
)
from services.complaints.decisions.watching import visit_at
from services.complaints.events import Event, PlannedVisit, ReturnVisitDue, ReturnVisited, VisitsRecounted
from shared.calendar.working_days import WorkingCalendar
from shared.errors import NotFound, Refused

_VISITS = ("return_visit_days_1", "return_visit_days_2")


def planned(of: UUID, at: Circumstances, confirmed_on: date | None = None) -> tuple[PlannedVisit, ...]:
    """So many days after the last confirmation, moved to a day on which somebody works."""
    rules, calendar = at.timetable.rules, at.timetable.calendar
    since = confirmed_on or at.today
    days = (since + timedelta(days=rules.in_force(name, at.today).value) for name in _VISITS)
    return tuple(_counted(uuid5(of, f"visit/{number}"), day, calendar) for number, day in enumerate(days))


def _counted(visit_id: UUID, day: date, calendar: WorkingCalendar) -> PlannedVisit:
    """On the first day from then on on which somebody works, as far as that is known."""
    due = calendar.next_working(day)
    return PlannedVisit(visit_id, due, day, calendar.is_guess(day, due))


def until_last(file: CaseFile, visits: Sequence[PlannedVisit], at: Circumstances) -> Clock | None:
    """The days until the last visit, where the alliance asks how it went together with it."""
    if at.timetable.word("survey_after", at.today, file.category, file.tier) != "last_visit":
        return None
    last = max(visits, key=lambda one: one.due)
    return Clock("last_visit", at.today, last.counted or last.due, last.due, provisional=last.provisional)


def recount(case: Filed, _: RecountVisits, at: Circumstances) -> list[Event]:
    """Once their year is entered, visits that nobody was told of yet have the day it gives them."""
    known = [
        counted
        for one in case.file.visits
        if one.is_open and one.provisional and not one.told and one.counted
        for counted in (_counted(one.visit_id, one.counted, at.timetable.calendar),)
        if not counted.provisional
    ]
    if not known:
        return []
    return [VisitsRecounted(tuple(known), _recounted(case.file.clock("last_visit"), known))]


def _recounted(clock: Clock | None, visits: Sequence[PlannedVisit]) -> Clock | None:
    """The clock with its last visit, where that is one of these."""
    if clock is None or clock.state != "running" or not clock.provisional:
        return None
    known = (one.due for one in visits if one.counted == clock.counted_until)
    until = next(known, None)
    return replace(clock, until=until, provisional=False) if until else None


def fall_due(case: Filed, command: FallVisitDue, at: Circumstances) -> list[Event]:
    """Told once, in the morning of its day."""
    visit = next((one for one in case.file.visits if one.visit_id == command.visit_id), None)
    if visit is None or visit.told or not visit.is_open or visit_at(case.file, visit, at.timetable) > at.now:
        return []
    return [ReturnVisitDue(visit.visit_id)]


def record(case: Filed, command: RecordReturnVisit, at: Circumstances) -> list[Event]:
    """What does not last may be taken up again: in a closed case the days for it begin anew."""
    visit = _open_visit(case, command.visit_id)
    if at.today < visit.due:
        raise Refused("visit_not_due")
    again = isinstance(case, Closed) and not command.lasting
    reopen = at.timetable.begin("reopen", at.today) if again else None
    return [ReturnVisited(at.today, visit.visit_id, command.lasting, command.note, reopen)]


def record_before_survey(case: AwaitingVisits, command: RecordReturnVisit, at: Circumstances) -> list[Event]:
    """With the last one the parties are asked how it went; once it does not last there is nothing to wait for."""
    visited = _open_visit(case, command.visit_id)
    is_enough = visited == _last(case) or not command.lasting
    asked = surveys(case.file, visited.visit_id, at) if is_enough else []
    return [*record(case, command, at), *asked]


def end_visits(case: AwaitingVisits, command: EndClock, at: Circumstances) -> list[Event]:
    """Nobody waits longer for a visit that was not made; it stays due."""
    clock = case.file.clock("last_visit")
    if command.clock != "last_visit":
        return tell_late(case, command, at)
    if clock is None or not clock.is_over(at.now):
        return []
    return surveys(case.file, _last(case).visit_id, at)


def has_visits(case: Filed, at: Circumstances) -> bool:
    """Whether the day of a visit has come that was not made."""
    return any(one.is_open and one.due <= at.today for one in case.file.visits)


def _last(case: Filed) -> ReturnVisit:
    return max(case.file.visits, key=lambda one: one.due)


def _open_visit(case: Filed, visit_id: UUID | None) -> ReturnVisit:
    visits = [one for one in case.file.visits if one.is_open and visit_id in (None, one.visit_id)]
    if not visits:
        raise NotFound
    return min(visits, key=lambda one: one.due)
