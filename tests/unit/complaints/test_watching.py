"""Warnings, escalations and chasers: by day, once, in order, and the same on read as by timer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.clocks import Clock, Pause, Timetable
from services.complaints.decisions import Standing, evolve
from services.complaints.decisions.state import AwaitingAnswer, AwaitingTriage, Closed, Deliberating
from services.complaints.decisions.watching import awake, next_chase, standing_of, step_at, warning_at
from services.complaints.people import People
from services.complaints.schedule import timers_of
from services.complaints.terms import ESCALATION
from shared.access.actor import Actor, Grant
from shared.charter.rules import OwnRule, RuleTable
from shared.clock import SHANGHAI, local_day
from tests.unit.complaints.cases import (
    ALLIANCE,
    ANOTHER_REFERRAL,
    BUILDING,
    CASE,
    GU,
    HOME,
    LIN,
    MA,
    NIGHT,
    REFERRAL,
    SHOP,
    TIMETABLE,
    XU,
    ZHOU,
    a,
    after,
    events_of,
)

MORNINGS = [datetime(2026, 3, day, 8, tzinfo=SHANGHAI) for day in (17, 18, 19, 20)]
"""Triage was until Monday 16 March; one working day from step to step."""


def setting(rule_id: str, value: int, unit: str = "working_days") -> Timetable:
    """The alliance's own figure beside what is shipped."""
    row = OwnRule(rule_id, value, unit, "tests", None, date(2020, 7, 21), "L", set_by=ZHOU, set_at=NIGHT)
    return Timetable(RuleTable(TIMETABLE.rules.rows, (row,)), TIMETABLE.calendar)


class TestFigures:
    @pytest.mark.parametrize(
        ("rows", "days"),
        [
            ({}, 5),
            ({"answer.noise": 4}, 4),
            ({"answer.urgent": 3}, 3),
            ({"answer.noise": 4, "answer.urgent": 3}, 4),
            ({"answer.noise": 4, "answer.noise.urgent": 2}, 2),
            ({"answer.fire_safety": 1, "answer.complex": 9}, 5),
        ],
    )
    def test_the_most_specific_row_in_force_holds(self, rows, days):
        own = tuple(setting(name, value).rules.own[0] for name, value in rows.items())
        timetable = Timetable(RuleTable(TIMETABLE.rules.rows, own), TIMETABLE.calendar)
        clock = timetable.begin("answer", date(2026, 3, 13), "noise", "urgent")
        assert clock.until == TIMETABLE.calendar.after_working_days(date(2026, 3, 13), days)

    def test_a_law_is_not_refined(self):
        timetable = setting("mediation.noise", 2, "months")
        assert timetable.begin("mediation", date(2026, 3, 13), "noise").until == date(2026, 4, 13)

    def test_the_tier_is_the_coordinators_word_at_the_acceptance(self):
        accepted = after(a(AwaitingTriage), c.AcceptCase(CASE, "摘要", tier="urgent"), "coordinator")
        assert accepted.file.tier == "urgent"


class TestWarning:
    def test_it_comes_in_the_morning_so_many_working_days_before(self):
        file = a(AwaitingAnswer).file
        clock = file.clock("answer")
        assert clock.until == date(2026, 3, 19)
        assert warning_at(file, clock, TIMETABLE) == datetime(2026, 3, 17, 8, tzinfo=SHANGHAI)

    def test_never_on_the_day_the_clock_began(self):
        file = a(AwaitingAnswer).file
        early = warning_at(file, file.clock("answer"), setting("warn_answer", 30))
        assert early == datetime(2026, 3, 13, 8, tzinfo=SHANGHAI)

    def test_it_is_said_once_and_not_early_and_not_after_the_day(self):
        waiting, due = a(AwaitingAnswer), datetime(2026, 3, 17, 0, tzinfo=UTC)
        warn = c.WarnOfClock(CASE, "answer")
        assert events_of(waiting, warn, "system", due - timedelta(seconds=1)) == []
        assert events_of(waiting, warn, "system", due) == [e.ClockWarned("answer", date(2026, 3, 19))]
        assert events_of(after(waiting, warn, "system", due), warn, "system", due) == []
        assert events_of(waiting, warn, "system", waiting.file.clock("answer").ends_at) == []

    def test_on_read_it_shows_without_the_timer(self):
        file, due = a(AwaitingAnswer).file, datetime(2026, 3, 17, 0, tzinfo=UTC)
        assert not standing_of(file, file.clock("answer"), due - timedelta(seconds=1), TIMETABLE).warned
        assert standing_of(file, file.clock("answer"), due, TIMETABLE).warned


class TestEscalation:
    def steps(self, case, now):
        found = events_of(case, c.EscalateClock(CASE, "triage"), "system", now)
        assert all(one == e.CaseEscalated("triage", one.step) for one in found)
        return tuple(one.step for one in found)

    def test_one_step_after_the_other(self):
        case = a(AwaitingTriage)
        for step, morning in zip(ESCALATION, MORNINGS, strict=True):
            assert self.steps(case, morning - timedelta(seconds=1)) == ()
            assert self.steps(case, morning) == (step,)
            case = after(case, c.EscalateClock(CASE, "triage"), "system", morning)
        assert self.steps(case, MORNINGS[-1] + timedelta(days=300)) == ()

    def test_late_timers_leave_no_step_out(self):
        assert self.steps(a(AwaitingTriage), MORNINGS[2]) == ("captain", "committee", "mediator")

    def test_it_stops_when_the_step_is_done(self):
        accepted = after(a(AwaitingTriage), c.AcceptCase(CASE, "摘要"), "coordinator", MORNINGS[1])
        assert self.steps(accepted, MORNINGS[3]) == ()

    def test_it_stops_when_the_case_ends(self):
        withdrawn = after(a(AwaitingTriage), c.WithdrawCase(CASE), "complainant", MORNINGS[1])
        assert events_of(withdrawn, c.EscalateClock(CASE, "triage"), "system", MORNINGS[3]) == []

    def test_it_stops_while_the_clock_stands_still_and_no_step_is_repeated(self):
        case = a(Deliberating)
        month, escalate = case.file.clock("mediation"), c.EscalateClock(CASE, "mediation")
        first = step_at(case.file, month, 0, TIMETABLE)
        case = after(case, escalate, "system", first)
        paused = after(case, c.ReferCase(CASE, REFERRAL, "police", "请查"), "coordinator", first)
        later = first + timedelta(days=40)
        assert events_of(paused, escalate, "system", later) == []
        back = after(paused, c.ReturnCase(CASE, "remedied", "已改"), "coordinator", later)
        far = later + timedelta(days=100)
        told = [one.step for one in events_of(back, escalate, "system", far)]
        assert told == list(ESCALATION[1:])

    def test_in_an_emergency_the_night_is_no_excuse(self):
        case = a(AwaitingTriage, emergency=True)
        assert self.steps(case, case.file.clock("triage").ends_at) == ("captain",)

    @given(
        late=some.integers(0, 24 * 60),
        delay=some.integers(1, 5),
        night=some.booleans(),
        emergency=some.booleans(),
    )
    def test_deadlines_are_monotone_and_on_read_as_by_timer(self, late, delay, night, emergency):
        timetable = setting("escalate_triage", delay)
        file = a(AwaitingTriage, emergency=emergency).file
        clock = file.clock("triage")
        dues = [step_at(file, clock, step, timetable) for step in range(len(ESCALATION))]
        assert all(one < other for one, other in pairwise([clock.ends_at - timedelta(seconds=1), *dues]))
        assert step_at(file, clock, len(ESCALATION), timetable) is None
        now = clock.ends_at + timedelta(hours=late, minutes=30 * night)
        due = [step for step, at in zip(ESCALATION, dues, strict=True) if at <= now]
        assert standing_of(file, clock, now, timetable).step == (due[-1] if due else None)
        assert emergency or all(8 <= at.astimezone(SHANGHAI).hour < 22 for at in dues)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ((3, 12, 21, 59), (3, 12, 21, 59)),
            ((3, 12, 22, 0), (3, 13, 8, 0)),
            ((3, 12, 23, 52), (3, 13, 8, 0)),
            ((3, 13, 0, 0), (3, 13, 8, 0)),
            ((3, 13, 7, 59), (3, 13, 8, 0)),
            ((3, 13, 8, 0), (3, 13, 8, 0)),
        ],
    )
    def test_what_falls_into_the_night_waits_for_the_morning(self, asked, told):
        moment = datetime(2026, *asked, tzinfo=SHANGHAI)
        assert awake(a(AwaitingTriage).file, moment, TIMETABLE) == datetime(2026, *told, tzinfo=SHANGHAI)
        assert awake(a(AwaitingTriage, emergency=True).file, moment, TIMETABLE) == moment

    def test_an_alliance_may_be_quiet_at_noon(self):
        noon = setting("quiet_until", 23 * 60, "time_of_day")
        late = datetime(2026, 3, 12, 22, 30, tzinfo=SHANGHAI)
        assert awake(a(AwaitingTriage).file, late, noon).hour == 23


class TestChasing:
    def referred(self):
        return after(a(Deliberating), c.ReferCase(CASE, REFERRAL, "police", "请查"), "coordinator", NIGHT)

    def chase(self, case, now):
        return events_of(case, c.ChaseReferral(CASE, REFERRAL), "system", now)

    def test_without_a_receipt_the_authority_is_asked_again_and_again(self):
        case = self.referred()
        days = []
        for times in (1, 2, 3):
            due = next_chase(case.file, case.file.referral(REFERRAL), TIMETABLE)
            assert self.chase(case, due.at - timedelta(seconds=1)) == []
            [chased] = self.chase(case, due.at)
            assert (chased.reason, chased.times) == ("no_receipt", times)
            days.append(local_day(due.at))
            case = after(case, c.ChaseReferral(CASE, REFERRAL), "system", due.at)
        assert days == [date(2026, 3, 16), date(2026, 3, 18), date(2026, 3, 20)]

    def test_a_confirmed_one_is_chased_from_its_reply_day_on(self):
        case = after(self.referred(), c.ReceiveReferral(CASE), "coordinator", NIGHT)
        assert case.file.clock("referral").until == date(2026, 4, 2)
        first = next_chase(case.file, case.file.referral(REFERRAL), TIMETABLE)
        assert (first.at, first.reason) == (datetime(2026, 4, 3, 8, tzinfo=SHANGHAI), "no_reply")
        case = after(case, c.ChaseReferral(CASE, REFERRAL), "system", first.at)
        second = next_chase(case.file, case.file.referral(REFERRAL), TIMETABLE)
        assert local_day(second.at) == date(2026, 4, 9)

    def test_once_returned_nobody_is_chased(self):
        case = after(self.referred(), c.ReturnCase(CASE, "remedied", "已改"), "coordinator", NIGHT)
        assert self.chase(case, NIGHT + timedelta(days=100)) == []
        assert not any(timer.kind == "chase" for timer in timers_of(case, TIMETABLE).values())

    def test_the_case_may_end_but_the_referral_goes_on(self):
        closed = after(self.referred(), c.WithdrawCase(CASE), "complainant", NIGHT)
        assert isinstance(closed, Closed)
        assert closed.file.clock("referral", REFERRAL).state == "running"
        assert self.chase(closed, NIGHT + timedelta(days=10))
        back = after(closed, c.ReturnCase(CASE, "remedied", "已改"), "coordinator", NIGHT)
        assert back.file.referral(REFERRAL).result == "remedied"


class TestOfficers:
    def handed(self, actor_id, *grants, officer_id=None, authority="police"):
        command = c.ReferCase(CASE, REFERRAL, authority, "请查", officer_id=officer_id)
        case = after(a(Deliberating), command, "coordinator")
        actor = Actor(actor_id, ALLIANCE, frozenset(grants))
        return policy.officer_of(actor, ALLIANCE, case, People({HOME: LIN, SHOP: MA}))

    def test_who_is_named_has_it_alone(self):
        officer = Grant("agency_officer")
        assert self.handed(GU, officer, officer_id=GU) == Standing("officer")
        assert self.handed(XU, officer, officer_id=GU) is None
        assert self.handed(GU, officer_id=GU) is None

    def test_where_nobody_is_named_the_scope_counts(self):
        assert self.handed(GU, Grant("agency_officer", BUILDING)) == Standing("officer")
        assert self.handed(GU, Grant("agency_officer", CASE)) is None
        assert self.handed(GU, Grant("court_liaison")) is None
        assert self.handed(GU, Grant("court_liaison"), authority="court_station") == Standing("officer")

    def test_a_party_is_no_officer_of_its_own_case(self):
        assert self.handed(MA, Grant("agency_officer")) is None


class TestTwoAuthorities:
    """Scenario 12: urban management and fire rescue, each with a clock of its own."""

    def test_the_month_runs_again_when_the_last_one_is_back(self):
        sent = NIGHT.replace(month=9, day=30, hour=9)
        case = after(
            a(Deliberating), c.ReferCase(CASE, REFERRAL, "urban_management", "线"), "coordinator", sent
        )
        case = after(case, c.ReferCase(CASE, ANOTHER_REFERRAL, "fire_rescue", "道"), "coordinator", sent)
        assert {clock.until for clock in case.file.clocks if clock.name == "referral"} == {date(2026, 10, 27)}
        first, second = sent.replace(month=10, day=16), sent.replace(month=10, day=20)
        case = after(case, c.ReturnCase(CASE, "remedied", "清", ANOTHER_REFERRAL), "coordinator", first)
        assert case.file.clock("mediation").state == "paused"
        assert case.file.referred_to == "urban_management"
        case = after(case, c.ReturnCase(CASE, "ordered", "罚", REFERRAL), "coordinator", second)
        month = case.file.clock("mediation")
        assert (month.state, month.days_paused) == ("running", 20)
        assert {clock.state for clock in case.file.clocks if clock.name == "referral"} == {"met"}


def test_the_arithmetic_of_a_pause_can_be_checked():
    """Scenario 02: 14 March and 20 days are 3 April."""
    month = TIMETABLE.begin("mediation", date(2026, 2, 14)).paused(date(2026, 2, 14))
    resumed = TIMETABLE.resumed(month, date(2026, 3, 6))
    assert (month.counted_until, resumed.counted_until) == (date(2026, 3, 14), date(2026, 4, 3))
    assert resumed.pauses == (Pause(date(2026, 2, 14), date(2026, 3, 6)),)
    assert resumed.days_paused == 20


@pytest.mark.parametrize(
    ("clock", "days"),
    [
        (Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16)), 4),
        (
            Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16)).ended(date(2026, 3, 18)),
            2,
        ),
        (
            Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16)).ended(date(2026, 3, 14)),
            0,
        ),
        (Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16)).stopped(), 0),
    ],
)
def test_days_late_are_counted_until_it_happened(clock, days):
    assert clock.late_days(date(2026, 3, 20)) == days


def test_a_referral_of_before_is_still_known():
    """A journal of one release back names no referral: the case's own id stands for it."""
    case = a(Deliberating)
    old = e.CaseReferred(date(2026, 3, 12), "police", "请查", TIMETABLE.begin("referral", date(2026, 3, 12)))
    referred = evolve(case, old)
    assert [one.referral_id for one in referred.file.open_referrals] == [CASE]
    returned = evolve(referred, e.CaseReturned(date(2026, 3, 20), "police", "ordered", "好", None))
    assert returned.file.open_referrals == ()
