"""What a consumer only copies from the bus can be told anew: emptied, read from the topic and compared at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiokafka import ConsumerRecord

from shared.messaging import inbox
from shared.messaging.retention import told_at
from shared.messaging.subscription import Effect, Poison, Projection, Subscription, read
from shared.persistence.database import Connection, Database

Told = Callable[[], AsyncIterator[ConsumerRecord]]
"""Reads the projection's topic from where it is to be told anew to its end."""


@dataclass(frozen=True)
class Table:
    """A table before and after; `gone` and `new` count rows, and a row that changed is one of each."""

    name: str
    before: int
    after: int
    gone: int
    new: int


@dataclass(frozen=True)
class Rebuilt:
    """What came of telling a projection anew."""

    events: int
    unreadable: int
    tables: tuple[Table, ...]

    @property
    def was_right(self) -> bool:
        """Whether the tables already held what the topic tells."""
        return not any(table.gone or table.new for table in self.tables)


class _Tried(Exception):
    """Undoes a rebuilding that was to be looked at only."""


async def rebuild(
    database: Database,
    subscription: Subscription,
    projection: Projection,
    told: Told,
    *,
    since: datetime | None,
    kept: bool = True,
) -> Rebuilt:
    """Applies to the projection what `told` reads: on top what was told `since` a moment, else all after forgetting it.

    Not `kept` only compares.

    Safe while everything runs: the group waits at its inbox, whose claim comes before every effect, and finds
    there what was applied here; whoever reads the tables sees them as before, or as after.
    """
    rebuilt: Rebuilt | None = None
    try:
        async with database.transaction() as tx:
            await tx.execute("LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE")
            await _remember(tx, projection)
            if since is None:
                await _empty(tx, projection)
            events, unreadable = await _apply(tx, subscription, projection, told(), since)
            rebuilt = Rebuilt(events, unreadable, await _compare(tx, projection))
            if not kept:
                raise _Tried
    except _Tried:
        pass
    assert rebuilt is not None  # noqa: S101
    return rebuilt


async def _apply(
    tx: Connection,
    subscription: Subscription,
    projection: Projection,
    records: AsyncIterator[ConsumerRecord],
    since: datetime | None,
) -> tuple[int, int]:
    """The inbox is locked meanwhile, so that all may be claimed together at the end.

    What was sent again stands behind what came after it: it counts at its first place, or was told before `since`.
    """
    told: dict[UUID, str] = {}
    unreadable = 0
    async for record in records:
        match read(record, subscription):
            case Effect(event_id=known) if known in told or _told_before(known, since):
                continue
            case Effect() as effect if effect.type in projection.types:
                await effect.apply(tx)
                told[effect.event_id] = record.topic
            case Poison():
                unreadable += 1
    await inbox.claim(tx, subscription.group, told)
    return len(told), unreadable


def _told_before(event_id: UUID, since: datetime | None) -> bool:
    at = told_at(event_id)
    return since is not None and at is not None and at < since


async def _remember(tx: Connection, projection: Projection) -> None:
    for table in projection.tables:
        await tx.execute(f"CREATE TEMP TABLE {_before(table)} ON COMMIT DROP AS TABLE {table}")


async def _empty(tx: Connection, projection: Projection) -> None:
    for table in projection.tables:
        await tx.execute(f"DELETE FROM {table}")  # noqa: S608


async def _compare(tx: Connection, projection: Projection) -> tuple[Table, ...]:
    return tuple([await _compare_table(tx, table) for table in projection.tables])


async def _compare_table(tx: Connection, table: str) -> Table:
    [row] = await tx.fetch(
        f"""
        SELECT (SELECT count(*) FROM {_before(table)}) AS before,
               (SELECT count(*) FROM {table}) AS after,
               (SELECT count(*) FROM (TABLE {_before(table)} EXCEPT ALL TABLE {table}) AS gone) AS gone,
               (SELECT count(*) FROM (TABLE {table} EXCEPT ALL TABLE {_before(table)}) AS new) AS new
        """  # noqa: S608
    )
    return Table(table, **dict(row))


def _before(table: str) -> str:
    return f"before_{table}"


def of(subscriptions: Sequence[Subscription]) -> list[tuple[Subscription, Projection]]:
    """All projections of a service, each with the consumer that keeps it."""
    return [(subscription, one) for subscription in subscriptions for one in subscription.projections]
