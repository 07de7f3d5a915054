"""The days of somebody's own cases: what they wait for or are waited for by, and the looks to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from services.complaints import answers
from services.complaints.decisions.state import CaseFile, Closed, concerns
from services.complaints.storage import Listed
from services.complaints.views.clocks import is_shown


def days(listed: Iterable[Listed]) -> list[answers.DayView]:
    """In their order; what has passed and is still waited for stays."""
    found = (day for one in listed for day in _days_of(one))
    return sorted(found, key=lambda day: (day.on, day.reference))


def _days_of(listed: Listed) -> Iterator[answers.DayView]:
    file = listed.case.file
    if not isinstance(listed.case, Closed):
        running = (clock for clock in file.clocks if clock.state == "running")
        own = (one for one in running if concerns(listed.case, one, listed.by.party_id))
        yield from (_day(file, one.name, one.until) for one in own if is_shown(listed.by, file, one))
    yield from (_day(file, "return_visit", visit.due) for visit in file.visits if visit.is_open)


def _day(file: CaseFile, what: str, on: date) -> answers.DayView:
    return answers.DayView(
        case_id=file.case_id, reference=file.reference, subcategory=file.subcategory, what=what, on=on
    )
