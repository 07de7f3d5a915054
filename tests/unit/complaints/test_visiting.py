"""Return visits: planned at the performance, due in the morning, still due after the closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.clocks import Clock
from services.complaints.decisions import Circumstances, Standing, decide, evolve
from services.complaints.decisions.state import (
    AwaitingRoute,
    AwaitingVisits,
    Closed,
    Supervised,
    Surveyed,
    running_clock,
    stage_of,
    status_of,
)
from services.complaints.people import People
from services.complaints.schedule import timer_changes, timers_of
from shared.access.actor import Actor, Grant
from shared.calendar.working_days import WorkingCalendar
from shared.clock import SHANGHAI
from shared.errors import NotFound, NotNow, Refused
from tests.unit.complaints.cases import (
    ALLIANCE,
    BUILDING,
    CASE,
    EXAMPLES,
    HOME,
    LIN,
    MEDIATION,
    NEXT,
    SHOP,
    TIMETABLE,
    XU,
    a,
    after,
    asked_by,
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


class TestAskedWithTheLastVisit:
    """Of an alliance that asks how it went when it shows whether it lasts."""

    def visit(self, number: int, day: date):
        case = a(AwaitingVisits)
        visit_id = case.file.visits[number].visit_id
        return events_of(case, c.RecordReturnVisit(CASE, True, visit_id=visit_id), "coordinator", on(day))

    def test_performed_it_is_supervised_until_then(self):
        case = a(AwaitingVisits)
        assert (stage_of(case), status_of(case)) == ("supervise", "to_be_visited")
        assert running_clock(case) == case.file.clock("last_visit")
        assert case.file.clock("last_visit").until == SECOND
        assert case.file.clock("commitments").state == "met"

    def test_nobody_is_asked_at_the_first(self):
        assert [type(one) for one in self.visit(0, FIRST)] == [e.ReturnVisited]

    def test_each_party_is_asked_at_the_last_with_days_of_their_own(self):
        visited, *asked = self.visit(1, SECOND)
        assert isinstance(visited, e.ReturnVisited)
        assert {one.party_id for one in asked} == {HOME, SHOP}
        assert {one.survey.until for one in asked} == {SECOND + timedelta(days=7)}
        case = after(a(AwaitingVisits), c.RecordReturnVisit(CASE, True), "coordinator", on(FIRST))
        case = after(case, c.RecordReturnVisit(CASE, True), "coordinator", on(SECOND))
        assert isinstance(case, Surveyed)
        assert case.file.clock("last_visit").state == "met"

    @pytest.mark.parametrize(("number", "day"), [(0, FIRST), (1, SECOND)])
    def test_or_with_the_one_that_finds_it_does_not_last(self, number, day):
        case = a(AwaitingVisits)
        found = c.RecordReturnVisit(CASE, False, visit_id=case.file.visits[number].visit_id)
        asked = after(case, found, "coordinator", on(day))
        assert isinstance(asked, Surveyed)
        assert asked.file.clock("last_visit").state == "met"
        assert [one.is_open for one in asked.file.visits].count(True) == 1

    def test_a_visit_that_was_not_made_keeps_nobody_waiting_and_stays_due(self):
        case, end = a(AwaitingVisits), c.EndClock(CASE, "last_visit")
        over = case.file.clock("last_visit").ends_at
        assert events_of(case, end, "system", over - timedelta(seconds=1)) == []
        asked = after(case, end, "system", over)
        assert isinstance(asked, Surveyed)
        assert asked.file.clock("survey").until == SECOND + timedelta(days=8)
        assert [one.is_open for one in asked.file.visits] == [True, True]
        assert events_of(asked, end, "system", over) == []
        late = after(asked, c.RecordReturnVisit(CASE, True), "coordinator", over)
        assert len(late.surveys) == 2

    def test_other_clocks_move_nothing(self):
        over = a(AwaitingVisits).file.clock("last_visit").ends_at
        assert events_of(a(AwaitingVisits), c.EndClock(CASE, "survey"), "system", over) == []

    def test_a_timer_waits_for_its_day(self):
        case = a(AwaitingVisits)
        [timer] = [one for one in timers_of(case, TIMETABLE).values() if one.kind == "last_visit"]
        assert timer.due_at == case.file.clock("last_visit").ends_at

    def test_who_is_joined_is_asked_too(self):
        at = replace(asked_by("coordinator", on(SECOND)), fellows={NEXT: "named"})
        last = c.RecordReturnVisit(CASE, True, visit_id=a(AwaitingVisits).file.visits[1].visit_id)
        asked = [
            one.party_id for one in decide(a(AwaitingVisits), last, at) if isinstance(one, e.SurveyRequested)
        ]
        assert asked == [HOME, SHOP, NEXT]

    def test_who_moves_out_meanwhile_is_asked_and_owes_no_word_before(self):
        case = after(a(AwaitingVisits), *EXAMPLES[c.RecordLeaving])
        assert policy.waits_for(case) == frozenset()
        last = c.RecordReturnVisit(CASE, True, visit_id=case.file.visits[1].visit_id)
        _, *asked = events_of(case, last, "coordinator", on(SECOND))
        assert {one.party_id for one in asked} == {HOME, SHOP}


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


NEW_YEARS_DAYS = {date(2027, 1, day): False for day in (1, 2, 3)}


class TestDoneInTime:
    """How long the other side takes to confirm it does not make an agreement late; the last day is 21 April 2026."""

    @pytest.mark.parametrize(
        ("confirmed", "done_by", "state"),
        [
            (22, date(2026, 4, 21), "met"),
            (22, date(2026, 4, 22), "missed"),
            (22, None, "missed"),
            (20, date(2026, 4, 30), "met"),
        ],
    )
    def test_what_was_shown_by_its_day_and_confirmed_later_is_not_missed(self, confirmed, done_by, state):
        command = c.NotePerformance(CASE, MEDIATION, None, done_by)
        case = after(a(Supervised), command, "system", on(date(2026, 4, confirmed)))
        assert case.file.clock("commitments").state == state

    def test_the_return_visits_are_counted_from_the_confirmation_all_the_same(self):
        command = c.NotePerformance(CASE, MEDIATION, None, date(2026, 4, 14))
        case = after(a(Supervised), command, "system", on(date(2026, 4, 20)))
        assert case.file.visits[0].counted == date(2026, 4, 27)


class TestOverAYearNobodyHasEntered:
    """All is confirmed on 2 December 2026; the 30th day is New Year's Day, and nobody knows yet who works on it."""

    CONFIRMED, NEW_YEAR, FIRST_WORKING = date(2026, 12, 2), date(2027, 1, 1), date(2027, 1, 4)
    ENTERED = replace(TIMETABLE, calendar=WorkingCalendar(NEW_YEARS_DAYS, frozenset({2027})))

    def performed(self):
        return after(a(Supervised), EXAMPLES[c.NotePerformance][0], "system", on(self.CONFIRMED))

    def counts(self, case, timetable=ENTERED):
        return decide(
            case,
            c.RecountVisits(CASE),
            Circumstances(Standing("system"), on(date(2026, 12, 20)), timetable),
        )

    def recounted(self, case):
        return reduce(evolve, self.counts(case), case)

    def test_the_day_is_provisional_and_says_so(self):
        first, second = self.performed().file.visits
        assert (first.due, first.provisional) == (date(2026, 12, 9), False)
        assert (second.due, second.provisional) == (self.NEW_YEAR, True)

    def test_when_the_year_is_entered_it_is_counted_again(self):
        case = self.performed()
        first, second = self.recounted(case).file.visits
        assert (first.due, second.due, second.provisional) == (
            date(2026, 12, 9),
            self.FIRST_WORKING,
            False,
        )
        wakes = [timer.due_at for timer in timers_of(self.recounted(case), self.ENTERED).values()]
        assert on(self.FIRST_WORKING, 8) in wakes
        assert on(self.NEW_YEAR, 8) not in wakes

    def test_without_the_year_and_a_second_time_nothing_is_counted(self):
        case = self.performed()
        assert self.counts(case, TIMETABLE) == []
        assert self.counts(self.recounted(case)) == []

    def test_one_waking_takes_the_place_of_the_other(self):
        case = self.performed()
        timers, cancelled = timer_changes(case, self.recounted(case), self.ENTERED)
        assert [one.due_at for one in timers] == [on(self.FIRST_WORKING, 8)]
        assert len(cancelled) == 1

    def test_a_visit_that_was_told_of_or_made_keeps_its_day(self):
        case = self.performed()
        told = after(case, c.FallVisitDue(CASE, case.file.visits[1].visit_id), "system", on(self.NEW_YEAR))
        assert self.counts(told) == []

    def test_the_survey_that_waits_for_the_last_visit_waits_for_its_true_day(self):
        visits = self.performed().file.visits
        clock = Clock("last_visit", self.CONFIRMED, self.NEW_YEAR, self.NEW_YEAR, provisional=True)
        waiting = AwaitingVisits(replace(self.performed().file, visits=visits).with_clock(clock))
        known = self.recounted(waiting).file.clock("last_visit")
        assert (known.until, known.provisional) == (self.FIRST_WORKING, False)
