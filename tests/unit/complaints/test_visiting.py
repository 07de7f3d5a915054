"""Return visits: planned at the performance, due in the morning, still due after the closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import Standing
from services.complaints.decisions.state import AwaitingRoute, Closed, Surveyed
from services.complaints.people import People
from services.complaints.schedule import timers_of
from shared.access.actor import Actor, Grant
from shared.clock import SHANGHAI
from shared.errors import NotFound, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    BUILDING,
    CASE,
    EXAMPLES,
    HOME,
    LIN,
    TIMETABLE,
    XU,
    a,
    after,
    events_of,
)


def on(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


FIRST, SECOND = date(2026, 3, 19), date(2026, 4, 13)
"""7 and 30 days after Thursday 12 March; the 11th of April is a Saturday."""


def closed():
    surveyed = a(Surveyed)
    return after(surveyed, c.EndClock(CASE, "survey"), "system", surveyed.file.clock("survey").ends_at)


def test_they_are_moved_to_a_working_day():
    assert [one.due for one in a(Surveyed).file.visits] == [FIRST, SECOND]


def test_one_falls_due_in_the_morning_and_once():
    case = a(Surveyed)
    due = c.FallVisitDue(CASE, case.file.visits[0].visit_id)
    assert events_of(case, due, "system", on(FIRST, 8) - timedelta(seconds=1)) == []
    assert events_of(case, due, "system", on(FIRST, 8)) == [e.ReturnVisitDue(due.visit_id)]
    assert events_of(after(case, due, "system", on(FIRST, 8)), due, "system", on(FIRST, 8)) == []


def test_not_before_its_day():
    with pytest.raises(NotNow):
        events_of(a(Surveyed), *EXAMPLES[c.RecordReturnVisit], on(FIRST - timedelta(days=1)))
    second = c.RecordReturnVisit(CASE, True, visit_id=a(Surveyed).file.visits[1].visit_id)
    with pytest.raises(Refused, match="visit_not_due"):
        events_of(a(Surveyed), second, "coordinator", on(FIRST))


def test_each_is_recorded_once():
    once = after(a(Surveyed), *EXAMPLES[c.RecordReturnVisit], on(FIRST))
    assert [one.is_open for one in once.file.visits] == [False, True]
    again = c.RecordReturnVisit(CASE, True, visit_id=once.file.visits[0].visit_id)
    with pytest.raises(NotFound):
        events_of(once, again, "coordinator", on(SECOND))


def test_they_outlive_the_closing():
    case = closed()
    assert isinstance(case, Closed)
    assert len([one for one in timers_of(case, TIMETABLE).values() if one.kind == "return_visit"]) == 2
    assert after(case, *EXAMPLES[c.RecordReturnVisit], on(SECOND)).file.visits[0].lasting is True


def test_what_does_not_last_may_be_reopened_though_the_days_for_it_had_passed():
    case = after(closed(), *EXAMPLES[c.RecordReturnVisit], on(FIRST))
    late = on(date(2026, 4, 20))
    with pytest.raises(NotNow):
        events_of(case, *EXAMPLES[c.ReopenCase], late)
    found = after(case, c.RecordReturnVisit(CASE, False, "又响了"), "coordinator", late)
    reopened = after(found, *EXAMPLES[c.ReopenCase], late)
    assert isinstance(reopened, AwaitingRoute)
    assert [one.is_open for one in reopened.file.visits] == [False, False]


def test_a_reopening_forgets_the_visits_that_were_not_made():
    reopened = after(closed(), *EXAMPLES[c.ReopenCase], on(FIRST))
    assert reopened.file.visits == ()
    assert not any(one.kind == "return_visit" for one in timers_of(reopened, TIMETABLE).values())


class TestWhoVisits:
    def by(self, role, place_id, member_id=XU):
        actor = Actor(member_id, ALLIANCE, frozenset({Grant(role, place_id)}))
        return policy.volunteer_of(actor, ALLIANCE, a(Surveyed), People({HOME: LIN}))

    def test_a_volunteer_of_the_building_or_of_everywhere(self):
        assert self.by("volunteer", BUILDING) == self.by("volunteer", None) == Standing("helper")

    def test_nobody_of_another_building_or_role_and_no_party(self):
        assert self.by("volunteer", CASE) is None
        assert self.by("resident", None) is None
        assert self.by("volunteer", None, LIN) is None
