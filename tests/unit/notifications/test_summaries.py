"""When a day's gathered mails are due."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from services.notifications.notice import Facts
from services.notifications.quiet import table
from services.notifications.summaries import in_time, next_summary, summary_hour
from shared.clock import SHANGHAI

SIX = time(18)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_the_shipped_hour_is_six_in_the_evening():
    assert summary_hour(date(2026, 3, 12), table()) == SIX


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-12 00:00", "2026-03-12 18:00"),
        ("2026-03-12 17:59:59", "2026-03-12 18:00"),
        ("2026-03-12 18:00", "2026-03-13 18:00"),
        ("2026-12-31 23:30", "2027-01-01 18:00"),
    ],
)
def test_it_is_the_coming_one(now: str, due: str):
    assert next_summary(at(now), SIX) == at(due)


@pytest.mark.parametrize(
    ("rhythm", "begins", "goes"),
    [
        ("daily", "2026-03-12 18:00", "at_once"),
        ("daily", "2026-03-12 18:01", "daily"),
        ("never", "2026-03-12 09:00", "never"),
    ],
)
def test_what_names_an_hour_goes_while_there_is_time(rhythm, begins: str, goes: str):
    assert in_time(rhythm, Facts(starts_at=at(begins)), at("2026-03-12 18:00")) == goes


def test_what_names_none_waits():
    assert in_time("daily", Facts(), at("2026-03-12 18:00")) == "daily"
