"""When a day's gathered mails are due."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from services.notifications.quiet import table
from services.notifications.summaries import next_summary, summary_hour
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
