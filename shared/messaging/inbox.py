"""Which events' effects a consumer has committed: at-least-once delivery becomes an effect exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from shared.persistence.database import Connection


async def claim(tx: Connection, consumer: str, events: Mapping[UUID, str]) -> set[UUID]:
    """Those of `events`, each with its topic, whose effect belongs into this transaction; the others are done already.

    Must be the first statement of the effect's transaction: another member of the group that works on the
    same event waits here until this transaction is decided, and so cannot overtake it.
    """
    rows = await tx.fetch(
        """
        INSERT INTO inbox (consumer, event_id, topic)
        SELECT $1, event_id, topic FROM unnest($2::uuid[], $3::text[]) AS event (event_id, topic)
        ON CONFLICT DO NOTHING
        RETURNING event_id
        """,
        consumer,
        list(events),
        list(events.values()),
    )
    return {row["event_id"] for row in rows}


async def note_handlers(tx: Connection, consumer: str, types: Iterable[str]) -> None:
    """Since when the consumer handles each of its types: code before that passed its events over, rightly."""
    await tx.execute(
        "INSERT INTO handlers (consumer, type) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING",
        consumer,
        sorted(types),
    )
