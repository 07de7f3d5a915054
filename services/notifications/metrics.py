"""What operators watch: what became of mails and texts, how long the oldest waits, how many nobody can tell of."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import Counter, Gauge

from services.notifications import views
from shared.persistence.database import Database

SETTLED = Counter("shangju_deliveries_total", "Deliveries by what came of them", ["channel", "result"])
OPEN = Gauge("shangju_deliveries_open", "Deliveries not known to be accepted or failed", ["channel", "state"])
PENDING_AGE = Gauge(
    "shangju_delivery_pending_seconds", "Since when the oldest pending delivery waits", ["channel"]
)


async def measure(database: Database, now: datetime) -> None:
    """Reads the gauges from the database, so that they are right after a restart too."""
    async with database.reading() as connection:
        standing = await views.standing(connection, now)
    for channel, found in standing.items():
        PENDING_AGE.labels(channel).set(found.oldest_pending_seconds)
        for state, count in found.counts.items():
            OPEN.labels(channel, state).set(count)
