"""The working calendar as the alliance service tells it: the same copy in every service that counts days."""

from __future__ import annotations

from collections.abc import Mapping

from shared.charter import storage
from shared.contracts import alliance, topics
from shared.contracts.envelope import Envelope
from shared.messaging.subscription import Handler, Projection
from shared.persistence.database import Connection


async def on_calendar_day_set(tx: Connection, event: Envelope[alliance.CalendarDaySet]) -> None:
    """Clocks that begin from now on count by it."""
    told = event.data
    await storage.keep_day(tx, told.alliance_id, told.day, works=told.works)


async def on_calendar_year_entered(tx: Connection, event: Envelope[alliance.CalendarYearEntered]) -> None:
    """Dates in that year are known."""
    await storage.keep_year(tx, event.data.alliance_id, event.data.year)


HANDLERS: Mapping[str, Handler] = {
    alliance.CalendarDaySet.TYPE: on_calendar_day_set,
    alliance.CalendarYearEntered.TYPE: on_calendar_year_entered,
}

CALENDAR = Projection(
    "calendar", topics.ALLIANCE, frozenset(HANDLERS), tables=("calendar_days", "calendar_years")
)
