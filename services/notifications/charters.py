"""What each alliance set for itself, and so when its nights are and its summaries come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.notifications.quiet import Nights, hours_on, table
from services.notifications.summaries import next_summary, summary_hour
from shared.charter.storage import Charters
from shared.clock import local_day
from shared.persistence.database import Connection

CHARTERS = Charters(table(), counts_days=False)


async def next_summary_of(connection: Connection, alliance_id: UUID, now: datetime) -> datetime:
    """When the mails gathered from now on come."""
    charter = await CHARTERS.current(connection, alliance_id)
    return next_summary(now, summary_hour(local_day(now), charter.rules))


async def nights(connection: Connection, now: datetime) -> Nights:
    """The quiet hours in force everywhere; one small question, as copies are kept by their revision."""
    today = local_day(now)
    rows = await connection.fetch("SELECT alliance_id, revision FROM charters")
    own = {
        row["alliance_id"]: hours_on(
            today, (await CHARTERS.of(connection, row["alliance_id"], row["revision"])).rules
        )
        for row in rows
    }
    return Nights(hours_on(today, table()), own)
