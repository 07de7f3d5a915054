"""The working calendar as rows: what was entered for each day, by whom, and the journal's head beside it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.alliance.decisions.calendar import Calendar
from services.alliance.events import CalendarDaySet, CalendarEvent, CalendarYearEntered
from shared.errors import NotFound
from shared.persistence import journal, saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

EVENTS: Codec[CalendarEvent] = Codec(CalendarEvent)


async def lock_calendar(tx: Connection, alliance_id: UUID) -> Aggregate[Calendar]:
    """The alliance's calendar, held by the alliance's own row: there may be no other yet. Raises NotFound."""
    held = await tx.fetchval("SELECT id FROM alliances WHERE id = $1 FOR NO KEY UPDATE", alliance_id)
    if held is None:
        raise NotFound
    row = await tx.fetchrow("SELECT version, head FROM calendars WHERE id = $1", alliance_id)
    version, head = (row["version"], row["head"]) if row else (0, journal.GENESIS)
    return Aggregate(alliance_id, alliance_id, await read_calendar(tx, alliance_id), version, head)


async def read_calendar(connection: Connection, alliance_id: UUID) -> Calendar:
    """What the alliance entered."""
    days = await connection.fetch("SELECT day, kind FROM calendar_days WHERE alliance_id = $1", alliance_id)
    years = await connection.fetch("SELECT year FROM calendar_years WHERE alliance_id = $1", alliance_id)
    return Calendar({row["day"]: row["kind"] for row in days}, frozenset(row["year"] for row in years))


async def save_calendar(
    tx: Connection, change: Change[Calendar], events: list[CalendarEvent], by: UUID | None, now: datetime
) -> None:
    """Days, years, journal and outbox in one statement."""
    days = [event for event in events if isinstance(event, CalendarDaySet)]
    await saving.save(
        tx,
        change,
        _SAVE,
        change.after.id,
        change.after.version,
        change.after.head,
        [one.day for one in days],
        [one.kind for one in days],
        [one.source for one in days],
        by,
        now,
        [event.year for event in events if isinstance(event, CalendarYearEntered)],
    )


_SAVE = """
INSERT INTO calendars (id, version, head) VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, head = excluded.head;

INSERT INTO calendar_days (alliance_id, day, kind, source, set_by, set_at)
SELECT $1, day, kind, source, $7, $8
FROM unnest($4::date[], $5::text[], $6::text[]) AS entered (day, kind, source)
ON CONFLICT (alliance_id, day) DO UPDATE SET
    kind = excluded.kind, source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at;

INSERT INTO calendar_years (alliance_id, year)
SELECT $1, year FROM unnest($9::int[]) AS entered (year)
ON CONFLICT DO NOTHING
"""


async def sources(
    connection: Connection, alliance_id: UUID, year: int
) -> dict[date, tuple[str, UUID | None]]:
    """Of each day entered, who says so and who entered it."""
    rows = await connection.fetch(
        """
        SELECT day, source, set_by FROM calendar_days
        WHERE alliance_id = $1 AND extract(year FROM day) = $2
        """,
        alliance_id,
        year,
    )
    return {row["day"]: (row["source"], row["set_by"]) for row in rows}
