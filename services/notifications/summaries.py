"""When the mails that somebody has gathered into one a day are due. Pure; the hour is a row of rules.yaml."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from shared.charter.rules import RuleTable
from shared.clock import SHANGHAI


def summary_hour(day: date, rules: RuleTable) -> time:
    """At which time of day they come."""
    hour = rules.in_force("summary_at", day).figure
    assert isinstance(hour, time)  # noqa: S101
    return hour


def next_summary(now: datetime, hour: time) -> datetime:
    """The coming one; what happens at that very minute waits for the next day's."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), hour, SHANGHAI)
    return today if local < today else today + timedelta(days=1)
