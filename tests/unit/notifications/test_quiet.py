"""When it is night, for whom, and what is told even then."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from services.notifications.quiet import EVEN_AT_NIGHT, Nights, QuietHours, are_sound, hours_on, table
from services.notifications.rules import KINDS
from shared.charter.rules import OwnRule
from shared.clock import SHANGHAI

DAY = date(2026, 3, 12)
USUAL = QuietHours(time(22), time(8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-12 {text}").replace(tzinfo=SHANGHAI)


def own(rule_id: str, minutes: int) -> OwnRule:
    return OwnRule(
        rule_id, minutes, "time_of_day", "committee", None, DAY, "L", set_by=uuid4(), set_at=at("09:00")
    )


def test_the_shipped_hours_are_ten_to_eight():
    assert hours_on(DAY, table()) == USUAL


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("21:59:59", False),
        ("22:00", True),
        ("23:52", True),
        ("00:00", True),
        ("07:59:59", True),
        ("08:00", False),
        ("13:00", False),
    ],
)
def test_night_begins_at_ten_and_ends_at_eight(moment: str, night: bool):
    assert USUAL.hold(at(moment)) is night


@pytest.mark.parametrize(("moment", "since"), [("08:00", 0), ("08:05", 300), ("21:00", 13 * 3600)])
def test_the_day_began_with_the_end_of_the_night(moment: str, since: int):
    assert at(moment) - USUAL.last_morning(at(moment)) == timedelta(seconds=since)


def test_an_alliance_that_rises_earlier_differs_for_those_hours_only():
    early, other = uuid4(), uuid4()
    nights = Nights(USUAL, {early: QuietHours(time(22), time(7)), other: USUAL})
    assert nights.differing(at("06:59")) == []
    assert nights.differing(at("07:30")) == [early]
    assert nights.differing(at("08:00")) == []
    assert nights.of(early).end == time(7)
    assert nights.of(uuid4()) is USUAL


def test_quiet_hours_leave_a_day_between_them():
    assert are_sound(table().with_own(own("quiet_until", 7 * 60)), DAY)
    assert not are_sound(table().with_own(own("quiet_until", 23 * 60)), DAY)


def test_what_goes_at_night_is_an_emergency_and_there_is_a_notice_of_it():
    assert set(EVEN_AT_NIGHT) <= set(KINDS)
    assert all(kind.startswith("emergency_") for kind in EVEN_AT_NIGHT)
    assert "emergency_lifted" not in EVEN_AT_NIGHT
