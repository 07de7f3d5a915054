"""What was delivered long ago is let go of; what may be asked for again is not."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from structlog.testing import capture_logs

from shared.contracts.envelope import Envelope
from shared.messaging import inbox, retention
from shared.messaging.retention import Kept, send_again, sweep
from tests.integration.messaging.conftest import Bus, an_event, running, until

KEPT = Kept(
    on_topic=timedelta(days=37),
    sent=timedelta(days=45),
    resent=timedelta(days=75),
    handled=timedelta(days=120),
)


def told(days_ago: float) -> Envelope:
    """An event of then, by its id."""
    milliseconds = int((datetime.now(UTC) - timedelta(days=days_ago)).timestamp() * 1000)
    low = secrets.randbits(62)
    return replace(an_event(), id=UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | low))


async def sent(bus: Bus, event: Envelope, *, days_ago: float | None, recorded: float = 0) -> UUID:
    """In the outbox, sent that long ago or not at all."""
    await bus.store(event)
    await bus.fetch(
        """
        UPDATE outbox SET published_at = clock_timestamp() - $2::interval, created_at = clock_timestamp() - $3::interval
        WHERE id = $1
        """,
        event.id,
        None if days_ago is None else timedelta(days=days_ago),
        timedelta(days=recorded),
    )
    return event.id


async def handled(bus: Bus, event: Envelope, *, days_ago: float, topic: str = "") -> UUID:
    async with bus.database.transaction() as tx:
        await inbox.claim(tx, bus.group, {event.id: topic or bus.topic})
        await tx.execute(
            "UPDATE inbox SET handled_at = clock_timestamp() - $2::interval WHERE event_id = $1",
            event.id,
            timedelta(days=days_ago),
        )
    return event.id


async def ids(bus: Bus, table: str) -> set[UUID]:
    column = {"outbox": "id", "inbox": "event_id"}[table]
    return {row[0] for row in await bus.fetch(f"SELECT {column} FROM {table}")}


async def test_only_rows_sent_long_ago_leave_the_outbox(bus: Bus) -> None:
    await sent(bus, told(50), days_ago=46)
    stays = {
        await sent(bus, told(44), days_ago=44),
        await sent(bus, told(50), days_ago=None),
        await sent(bus, told(50), days_ago=1),
    }
    assert await sweep(bus.database, [bus.group], {bus.topic: KEPT}) == {"outbox": 1, "inbox": 0}
    assert await ids(bus, "outbox") == stays


async def test_a_topic_that_forgets_nothing_keeps_its_rows(bus: Bus) -> None:
    stays = await sent(bus, told(900), days_ago=900), await handled(bus, told(900), days_ago=900)
    assert await sweep(bus.database, [bus.group], {"another": KEPT}) == {"outbox": 0, "inbox": 0}
    assert (await ids(bus, "outbox"), await ids(bus, "inbox")) == ({stays[0]}, {stays[1]})


async def test_only_what_was_handled_long_ago_leaves_the_inbox(bus: Bus) -> None:
    await handled(bus, told(130), days_ago=121)
    stays = {
        await handled(bus, told(119), days_ago=119),
        await handled(bus, told(130), days_ago=119),
        await handled(bus, told(130), days_ago=121, topic="another"),
        await handled(bus, of_before := told(130), days_ago=121),
    }
    await bus.fetch("UPDATE inbox SET topic = NULL WHERE event_id = $1", of_before.id)
    assert await sweep(bus.database, [bus.group], {bus.topic: KEPT}) == {"outbox": 0, "inbox": 1}
    assert await ids(bus, "inbox") == stays


@pytest.mark.parametrize(("settled", "lets_go"), [(False, 0), (True, 1)])
async def test_what_came_after_a_dead_letter_that_is_open_stays_known(
    bus: Bus, settled: bool, lets_go: int
) -> None:
    """The letter's own event may be among it, and must not have its effect a second time when it is replayed."""
    await handled(bus, told(131), days_ago=130)
    await handled(bus, told(129), days_ago=121)
    await bus.fetch(
        """
        INSERT INTO dead_letters (id, consumer, topic, partition, "offset", headers, reason, error, attempts,
                                  failed_at, settled_at)
        VALUES ($1, $2, $3, 0, 0, '[]', 'handler_failed', '', 5, clock_timestamp() - interval '125 days',
                CASE WHEN $4 THEN clock_timestamp() END)
        """,
        uuid4(),
        bus.group,
        bus.topic,
        settled,
    )
    assert (await sweep(bus.database, [bus.group], {bus.topic: KEPT}))["inbox"] == 1 + lets_go


@pytest.mark.parametrize(
    "error", [asyncpg.DeadlockDetectedError, asyncpg.QueryCanceledError, TimeoutError, OSError]
)
async def test_a_sweep_that_fails_is_told_of_and_tried_again(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    tries = asyncio.Queue[None]()

    async def fails(*_: object) -> None:
        tries.put_nowait(None)
        raise error

    monkeypatch.setattr(retention, "sweep", fails)
    with capture_logs() as logged:
        sweeping = asyncio.create_task(retention.run(bus.database, [bus.group], every_seconds=0))
        for _ in range(2):
            await asyncio.wait_for(tries.get(), 60)
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
    assert {line["event"] for line in logged} == {"sweep_failed"}


async def test_what_is_more_than_a_batch_goes_in_several(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    stays = await sent(bus, told(55), days_ago=1)
    for days in (60, 58, 52, 50, 48):
        await sent(bus, told(days), days_ago=46)
    assert await sweep(bus.database, [bus.group], {bus.topic: KEPT}) == {"outbox": 5, "inbox": 0}
    assert await ids(bus, "outbox") == {stays}


async def test_of_two_workers_one_lets_go(bus: Bus) -> None:
    await sent(bus, told(50), days_ago=46)
    async with bus.database.transaction() as other:
        await other.fetch("SELECT pg_advisory_xact_lock($1, $2)", *retention._SWEEPER)
        assert await sweep(bus.database, [bus.group], {bus.topic: KEPT}) == {"outbox": 0, "inbox": 0}
    assert await sweep(bus.database, [bus.group], {bus.topic: KEPT}) == {"outbox": 1, "inbox": 0}


async def test_a_row_that_is_sent_again_meanwhile_stays(bus: Bus) -> None:
    """The sweep has found it and waits for its lock; by the time it has it, the row is to be sent."""
    again = await sent(bus, told(50), days_ago=46)
    async with bus.database.transaction() as tx:
        await tx.execute("UPDATE outbox SET published_at = NULL WHERE id = $1", again)
        sweeping = asyncio.create_task(sweep(bus.database, [bus.group], {bus.topic: KEPT}))
        await until(lambda: waits_for_a_lock(bus))
    assert await sweeping == {"outbox": 0, "inbox": 0}
    assert await ids(bus, "outbox") == {again}


async def test_what_came_by_a_topic_that_forgets_is_known_by_it(bus: Bus) -> None:
    async with running(bus.relay(), bus.consumer()):
        await bus.store(an_event())
        await bus.has_effects(1)
    assert [row["topic"] for row in await bus.fetch("SELECT topic FROM inbox")] == [bus.topic]


async def test_only_what_every_inbox_still_knows_is_sent_again(bus: Bus) -> None:
    await sent(bus, told(76), days_ago=46, recorded=76)
    again = await sent(bus, told(74), days_ago=44, recorded=74)
    async with bus.database.transaction() as tx:
        assert await send_again(tx, passing={bus.topic: KEPT}) == 1
    assert [row["id"] for row in await bus.fetch("SELECT id FROM outbox WHERE published_at IS NULL")] == [
        again
    ]


async def test_of_a_topic_that_forgets_nothing_all_is_sent_again_within_the_range(bus: Bus) -> None:
    await sent(bus, told(901), days_ago=901, recorded=901)
    again = await sent(bus, told(900), days_ago=900, recorded=900)
    async with bus.database.transaction() as tx:
        assert await send_again(tx, since=datetime.now(UTC) - timedelta(days=900.5)) == 1
    assert [row["id"] for row in await bus.fetch("SELECT id FROM outbox WHERE published_at IS NULL")] == [
        again
    ]


async def test_of_a_compacted_topic_only_the_last_word_of_a_key_is_sent_again(bus: Bus) -> None:
    """The range ends before the later one: sent behind it, the old one would be what the broker keeps."""
    await sent(bus, an_event(moved := uuid4()), days_ago=9, recorded=9)
    await sent(bus, an_event(moved, version=2), days_ago=1, recorded=1)
    again = await sent(bus, an_event(), days_ago=9, recorded=9)
    async with bus.database.transaction() as tx:
        until_then = datetime.now(UTC) - timedelta(days=5)
        assert await send_again(tx, until=until_then, compacted={bus.topic}) == 1
    assert [row["id"] for row in await bus.fetch("SELECT id FROM outbox WHERE published_at IS NULL")] == [
        again
    ]


async def waits_for_a_lock(bus: Bus) -> bool:
    return bool(
        await bus.fetch(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    )
