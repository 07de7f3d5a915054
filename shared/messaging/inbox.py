"""Which events' effects a consumer has committed: at-least-once delivery becomes an effect exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from shared.persistence.database import Connection


async def claim(tx: Connection, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """Those of `event_ids` whose effect belongs into this transaction; the others are done already.

    Must be the first statement of the effect's transaction: another member of the group that works on the
    same event waits here until this transaction is decided, and so cannot overtake it.
    """
    rows = await tx.fetch(
        """
        INSERT INTO inbox (consumer, event_id)
        SELECT $1, event_id FROM unnest($2::uuid[]) AS event_id
        ON CONFLICT DO NOTHING
        RETURNING event_id
        """,
        consumer,
        event_ids,
    )
    return {row["event_id"] for row in rows}


async def note_handlers(tx: Connection, consumer: str, types: Iterable[str]) -> None:
    """Since when the consumer handles each of its types: code before that passed its events over, rightly."""
    await tx.execute(
        "INSERT INTO handlers (consumer, type) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING",
        consumer,
        sorted(types),
    )
