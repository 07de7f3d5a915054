"""The calendar of 2026 in 00-conventions.md, counted by hand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.complaints.clocks import Clock
from services.complaints.rules import rule_table
from shared.calendar.working_days import WorkingCalendar
from tests.unit.complaints.cases import TIMETABLE


@pytest.mark.parametrize(
    ("name", "on", "until"),
    [
        ("triage", date(2026, 3, 12), date(2026, 3, 16)),
        ("triage", date(2026, 9, 29), date(2026, 10, 8)),
        ("triage", date(2026, 10, 8), date(2026, 10, 10)),
        ("answer", date(2026, 3, 13), date(2026, 3, 20)),
        ("answer", date(2026, 9, 16), date(2026, 9, 22)),
        ("answer", date(2026, 10, 3), date(2026, 10, 13)),
        ("mediation", date(2026, 3, 13), date(2026, 4, 13)),
        ("mediation", date(2026, 2, 14), date(2026, 3, 16)),
        ("mediation", date(2026, 1, 31), date(2026, 2, 28)),
        ("referral", date(2026, 2, 14), date(2026, 3, 13)),
        ("survey", date(2026, 5, 22), date(2026, 5, 29)),
    ],
)
def test_a_clock_ends_on_the_day_the_scenarios_count(name, on, until):
    assert TIMETABLE.begin(name, on).until == until


def test_a_day_ends_at_midnight_in_shanghai():
    clock = Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16))
    assert clock.ends_at == datetime(2026, 3, 16, 16, tzinfo=UTC)
    assert clock.state_at(clock.ends_at - timedelta(microseconds=1)) == "running"
    assert clock.state_at(clock.ends_at) == "missed"


def test_what_happened_on_the_last_day_is_in_time():
    clock = Clock("triage", date(2026, 3, 12), date(2026, 3, 16), date(2026, 3, 16))
    assert clock.ended(date(2026, 3, 16)).state == "met"
    assert clock.ended(date(2026, 3, 17)).state == "missed"
    assert clock.ended(date(2026, 3, 16)).ended(date(2026, 3, 17)).state == "met"


def test_a_pause_that_ends_the_same_day_moves_nothing():
    clock = TIMETABLE.begin("mediation", date(2026, 2, 14))
    assert TIMETABLE.resumed(clock.paused(date(2026, 2, 20)), date(2026, 2, 20)) == clock


def test_every_figure_says_where_it_comes_from():
    assert {rule.rule_id for rule in rule_table().rows} >= {
        "triage",
        "answer",
        "mediation",
        "service_by_mail",
        "referral",
        "survey",
        "reopen",
    }
    assert all(rule.source for rule in rule_table().rows)


@pytest.mark.parametrize(
    ("name", "on", "is_guess"),
    [
        ("triage", date(2026, 12, 30), True),
        ("triage", date(2026, 12, 28), False),
        ("mediation", date(2026, 12, 1), True),
        ("mediation", date(2026, 11, 27), False),
        ("survey", date(2026, 12, 30), False),
    ],
)
def test_a_clock_that_rests_on_a_year_nobody_entered_is_provisional(name, on, is_guess):
    assert TIMETABLE.begin(name, on).provisional is is_guess


def test_a_pause_into_a_year_nobody_entered_makes_a_clock_provisional():
    clock = TIMETABLE.begin("mediation", date(2026, 11, 20)).paused(date(2026, 11, 30))
    assert TIMETABLE.resumed(clock, date(2026, 12, 20)).provisional


def test_a_clock_counted_provisionally_stays_so_through_a_pause():
    """Its day was a guess when it was told, whatever has been entered since."""
    clock = TIMETABLE.begin("mediation", date(2026, 12, 10)).paused(date(2026, 12, 15))
    entered = replace(TIMETABLE, calendar=WorkingCalendar(entered=frozenset({2027})))
    assert entered.resumed(clock, date(2026, 12, 20)).provisional
