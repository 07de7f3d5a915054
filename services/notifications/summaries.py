"""When the mails that somebody has gathered into one a day are due. Pure; the hour is a row of rules.yaml."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from services.notifications.notice import Facts
from services.notifications.wishes import Rhythm
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


def in_time(rhythm: Rhythm, facts: Facts, summary_at: datetime) -> Rhythm:
    """What names an hour goes at once where the summary would come after it."""
    is_late = facts.starts_at is not None and facts.starts_at <= summary_at
    return "at_once" if rhythm == "daily" and is_late else rhythm
