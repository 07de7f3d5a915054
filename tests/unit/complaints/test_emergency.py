"""The minutes after an emergency is reported: who confirms, who is called again, and what has to wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import policy
from services.complaints.decisions import UNFILED, Case
from services.complaints.decisions.state import AwaitingTriage, status_of
from services.complaints.schedule import timer_changes
from services.complaints.timers import command_of
from shared.errors import Invalid, NotNow, Refused
from tests.unit.complaints.cases import CASE, EXAMPLES, FILE, NIGHT, TIMETABLE, a, after, asked_by, events_of

CYLINDERS = {"category": "fire_safety", "subcategory": "gas_cylinder_indoor", "emergency": True}
LIFTED = c.LiftEmergency(CASE, "钢瓶已搬走")


def an_emergency() -> Case:
    return a(AwaitingTriage, **CYLINDERS)


def visited_and_lifted() -> Case:
    return after(after(an_emergency(), *EXAMPLES[c.RecordSiteVisit]), LIFTED, "coordinator")  # type: ignore[return-value]


def minutes(count: int) -> datetime:
    return NIGHT + timedelta(minutes=count)


class TestWhatHasToWait:
    def test_nothing_is_deliberated_and_nobody_warned_before_it_is_over(self):
        possible = policy.possible(an_emergency(), asked_by("coordinator"))
        assert {"confirm-emergency", "lift-emergency", "site-visits"} <= set(possible)
        assert not {"accept", "decline", "join", "withdraw"} & set(possible)

    @pytest.mark.parametrize("command", [c.AcceptCase, c.DeclineCase, c.JoinCase, c.WithdrawCase])
    def test_each_of_these_is_refused_and_then_possible(self, command: type[c.Command]):
        with pytest.raises(NotNow):
            events_of(an_emergency(), *EXAMPLES[command])
        assert events_of(visited_and_lifted(), *EXAMPLES[command])

    def test_the_other_side_hears_of_nothing_before_somebody_was_on_the_spot(self):
        lifted = after(an_emergency(), LIFTED, "coordinator")
        with pytest.raises(Refused, match="visit_first"):
            events_of(lifted, *EXAMPLES[c.AcceptCase])
        assert events_of(lifted, *EXAMPLES[c.DeclineCase])

    def test_confirming_it_does_not_end_it(self):
        confirmed = after(an_emergency(), *EXAMPLES[c.ConfirmEmergency])
        assert status_of(confirmed) == "emergency"
        with pytest.raises(NotNow):
            events_of(confirmed, *EXAMPLES[c.ConfirmEmergency])
        assert status_of(after(confirmed, LIFTED, "coordinator")) == "filed"

    def test_an_ordinary_case_has_none(self):
        for command in (c.ConfirmEmergency, c.LiftEmergency):
            with pytest.raises(NotNow):
                events_of(a(AwaitingTriage), *EXAMPLES[command])

    def test_a_ledger_of_the_past_rings_nobody(self):
        assert status_of(a(AwaitingTriage, **CYLINDERS, channel="ledger")) == "filed"

    def test_nobody_has_called_in_the_future(self):
        early = c.ConfirmEmergency(CASE, ("119",), minutes(1))
        with pytest.raises(Invalid):
            events_of(an_emergency(), early, "coordinator")


class TestCalls:
    def test_each_is_written_down_with_its_minute_and_moves_nothing(self):
        case = an_emergency()
        command, role = EXAMPLES[c.RecordHotlineCall]
        assert events_of(case, command, role) == [e.HotlineCalled("119", NIGHT)]
        assert after(case, command, role) == case

    @pytest.mark.parametrize(("minute", "why"), [(1, "in_the_future"), (-2, "before_the_report")])
    def test_a_call_was_made_between_the_report_and_now(self, minute: int, why: str):
        with pytest.raises(Invalid, match=why):
            events_of(an_emergency(), c.RecordHotlineCall(CASE, "119", minutes(minute)), "coordinator")

    def test_after_it_is_over_nobody_is_called(self):
        with pytest.raises(NotNow):
            events_of(visited_and_lifted(), *EXAMPLES[c.RecordHotlineCall])


class TestWhoIsCalledAgain:
    def test_after_three_minutes_and_after_ten(self):
        timers, _ = timer_changes(UNFILED, an_emergency(), TIMETABLE)
        rings = {timer.kind: timer.due_at for timer in timers if timer.kind in ("reminder", "overdue")}
        assert rings == {"reminder": minutes(3), "overdue": minutes(10)}

    @pytest.mark.parametrize(("step", "due"), [("reminder", 3), ("overdue", 10)])
    def test_never_early_and_never_twice(self, step: str, due: int):
        ring = c.RingAgain(CASE, step)
        assert events_of(an_emergency(), ring, "system", minutes(due) - timedelta(seconds=1)) == []
        assert events_of(an_emergency(), ring, "system", minutes(due)) == [e.EmergencyUnanswered(step)]
        assert (
            events_of(after(an_emergency(), ring, "system", minutes(due)), ring, "system", minutes(99)) == []
        )

    @pytest.mark.parametrize("command", [c.ConfirmEmergency, c.LiftEmergency])
    def test_nobody_once_somebody_has_it_in_hand(self, command: type[c.Command]):
        answered = after(an_emergency(), *EXAMPLES[command])
        assert events_of(answered, c.RingAgain(CASE, "overdue"), "system", minutes(11)) == []
        _, cancelled = timer_changes(an_emergency(), answered, TIMETABLE)
        assert {key.rpartition("/")[2] for key in cancelled} >= {"reminder", "overdue"}

    def test_the_timer_becomes_the_call(self):
        timers, _ = timer_changes(UNFILED, an_emergency(), TIMETABLE)
        rung = [command_of(replace(timer, aggregate_id=CASE)) for timer in timers if timer.kind == "reminder"]
        assert rung == [c.RingAgain(CASE, "reminder")]


class TestVisit:
    def test_what_was_found_is_kept_and_moves_nothing(self):
        command, role = EXAMPLES[c.RecordSiteVisit]
        case = a(AwaitingTriage)
        assert events_of(case, command, role) == [e.SiteVisited("消防", "四个钢瓶", "已搬走")]
        assert after(case, command, role) == case

    def test_in_an_emergency_it_is_known_that_somebody_was_there(self):
        visited = after(an_emergency(), *EXAMPLES[c.RecordSiteVisit])
        assert visited.file.alarm.was_visited


def test_filing_remembers_the_minutes_of_its_day():
    [filed] = events_of(UNFILED, replace(FILE, **CYLINDERS), "complainant")
    assert filed.alarm is not None
    assert (filed.alarm.remind_at, filed.alarm.confirm_until) == (minutes(3), minutes(10))
