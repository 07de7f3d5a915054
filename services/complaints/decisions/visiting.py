"""回访: visits after the performance, due whatever has become of the case by then."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

from services.complaints.commands import FallVisitDue, RecordReturnVisit
from services.complaints.decisions.state import Circumstances, Closed, Filed, ReturnVisit
from services.complaints.decisions.watching import visit_at
from services.complaints.events import Event, PlannedVisit, ReturnVisitDue, ReturnVisited
from shared.errors import NotFound, Refused

_VISITS = ("return_visit_days_1", "return_visit_days_2")


def planned(of: UUID, at: Circumstances, confirmed_on: date | None = None) -> tuple[PlannedVisit, ...]:
    """So many days after the last confirmation, moved to a day on which somebody works."""
    rules, calendar = at.timetable.rules, at.timetable.calendar
    since = confirmed_on or at.today
    days = (since + timedelta(days=rules.in_force(name, at.today).value) for name in _VISITS)
    return tuple(
        PlannedVisit(uuid5(of, f"visit/{number}"), calendar.next_working(day))
        for number, day in enumerate(days)
    )


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


def has_visits(case: Filed, at: Circumstances) -> bool:
    """Whether the day of a visit has come that was not made."""
    return any(one.is_open and one.due <= at.today for one in case.file.visits)


def _open_visit(case: Filed, visit_id: UUID | None) -> ReturnVisit:
    visits = [one for one in case.file.visits if one.is_open and visit_id in (None, one.visit_id)]
    if not visits:
        raise NotFound
    return min(visits, key=lambda one: one.due)
