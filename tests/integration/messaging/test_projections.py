"""A projection told anew: the same as before, whatever had happened to it, and while its consumer is at work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from aiokafka import ConsumerRecord

from cli import bus as topics
from shared.contracts.complaints import OccurrenceLogged
from shared.contracts.envelope import Envelope
from shared.messaging.projections import Rebuilt, rebuild
from shared.messaging.subscription import Projection, Subscription
from shared.persistence.database import Connection
from tests.integration.messaging.conftest import Bus, NewBus, an_event, running, until


async def keep_latest(tx: Connection, event: Envelope) -> None:
    """What a projection does: the last word about each key."""
    await tx.execute(
        """
        INSERT INTO latest (key, version) VALUES ($1, $2)
        ON CONFLICT (key) DO UPDATE SET version = excluded.version
        """,
        event.data.key,
        event.aggregate_version,
    )


@pytest.fixture
async def bus(new_bus: NewBus) -> Bus:
    made = await new_bus(2)
    async with made.database.transaction() as tx:
        await tx.execute("CREATE TABLE latest (key uuid PRIMARY KEY, version integer NOT NULL)")
    return made


def projecting(bus: Bus) -> Subscription:
    projection = Projection("latest", bus.topic, frozenset({OccurrenceLogged.TYPE}), tables=("latest",))
    return bus.subscription(keep_latest, projections=(projection,))


async def told_anew(bus: Bus, *, since: datetime | None = None, kept: bool = True) -> Rebuilt:
    subscription = projecting(bus)
    [projection] = subscription.projections
    read = partial(topics.records, bus.settings, [bus.topic], since=since)
    return await rebuild(bus.database, subscription, projection, read, since=since, kept=kept)


async def latest(bus: Bus) -> dict[object, int]:
    return {row["key"]: row["version"] for row in await bus.fetch("SELECT key, version FROM latest")}


async def spoil(bus: Bus, sql: str) -> None:
    async with bus.database.transaction() as tx:
        await tx.execute(sql)


async def test_a_projection_told_anew_is_what_it_was_before_it_was_spoilt(bus: Bus) -> None:
    first, second = uuid4(), uuid4()
    await bus.send(*(an_event(key, version=version) for version in (1, 2, 3) for key in (first, second)))
    await bus.send_raw(b"{broken", [])
    async with running(bus.consumer(projecting(bus))):
        await until(lambda: _all_handled(bus, 6))
    whole = await latest(bus)

    same = await told_anew(bus)
    assert (same.events, same.unreadable, same.was_right) == (6, 1, True)
    assert await latest(bus) == whole == {first: 3, second: 3}

    await spoil(bus, f"DELETE FROM latest WHERE key = '{first}'")
    await spoil(bus, "UPDATE latest SET version = 1")
    await spoil(bus, f"INSERT INTO latest VALUES ('{uuid4()}', 9)")
    looked_at = await told_anew(bus, kept=False)
    [table] = looked_at.tables
    assert (table.before, table.after, table.gone, table.new, looked_at.was_right) == (2, 2, 2, 2, False)
    assert await latest(bus) != whole

    await told_anew(bus)
    assert await latest(bus) == whole


async def test_telling_again_on_top_forgets_nothing(bus: Bus) -> None:
    await bus.send(an_event(known := uuid4()))
    await spoil(bus, f"INSERT INTO latest VALUES ('{(other := uuid4())}', 9)")
    await told_anew(bus, since=datetime.now(UTC) - timedelta(hours=1))
    assert await latest(bus) == {known: 1, other: 9}


async def test_an_old_word_that_was_sent_again_is_not_the_last(bus: Bus) -> None:
    key = uuid4()
    await bus.send(once := an_event(key), an_event(key, version=2))
    moment = datetime.now(UTC)
    await bus.send(once)

    assert (await told_anew(bus)).events == 2
    assert await latest(bus) == {key: 2}
    assert (await told_anew(bus, since=moment)).events == 0
    assert await latest(bus) == {key: 2}


async def test_what_was_told_anew_is_not_applied_again_by_a_consumer_that_is_behind(bus: Bus) -> None:
    key = uuid4()
    applied: list[int] = []

    async def counted(tx: Connection, event: Envelope) -> None:
        applied.append(event.aggregate_version)
        await keep_latest(tx, event)

    await bus.send(an_event(key), an_event(key, version=2))
    await told_anew(bus)
    await bus.send(an_event(key, version=3))
    async with running(bus.consumer(counted)):
        await until(lambda: applied)
        await until(lambda: _all_handled(bus, 3))
    assert applied == [3]
    assert await latest(bus) == {key: 3}


async def test_events_that_come_while_it_is_told_anew_are_neither_lost_nor_overwritten(bus: Bus) -> None:
    """The slow reading of the topic lets many events pass between its start and the end of the rebuilding."""
    keys = [uuid4() for _ in range(4)]
    subscription = projecting(bus)
    [projection] = subscription.projections

    async def slowly() -> AsyncIterator[ConsumerRecord]:
        async for record in topics.records(bus.settings, [bus.topic]):
            await asyncio.sleep(0.005)
            yield record

    async with running(bus.consumer(subscription)):
        sending = asyncio.create_task(
            bus.send(*(an_event(key, version=version) for version in range(1, 41) for key in keys))
        )
        for _ in range(3):
            await asyncio.sleep(0.1)
            await rebuild(bus.database, subscription, projection, slowly, since=None)
        await sending
        await until(lambda: _all_handled(bus, 160))
        assert await latest(bus) == dict.fromkeys(keys, 40)
        assert (await told_anew(bus)).was_right
    assert await bus.letters() == []


async def _all_handled(bus: Bus, number: int) -> bool:
    [row] = await bus.fetch("SELECT count(*) FROM inbox")
    return row["count"] == number
