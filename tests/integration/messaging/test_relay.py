"""The relay against a real broker and a real outbox."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer, ConsumerRecord
from aiokafka.errors import KafkaTimeoutError, OutOfOrderSequenceNumber
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.messaging import relay as relay_module
from shared.messaging.relay import state
from shared.messaging.watchdog import STALLED
from tests.integration.messaging.conftest import Bus, NewBus, an_event, running, until


async def drained(bus: Bus) -> bool:
    return not await bus.fetch("SELECT FROM outbox WHERE published_at IS NULL")


def ids(records: list[ConsumerRecord]) -> list[str]:
    return [dict(record.headers)["ce_id"].decode() for record in records]


async def test_a_position_that_commits_late_is_published_all_the_same(bus: Bus) -> None:
    """The gap test: a relay that reads `position > last` loses the first event for ever."""
    late, early = an_event(), an_event()
    async with running(bus.relay()):
        async with bus.database.transaction() as slow:
            await bus.store(late, tx=slow)
            await bus.store(early)
            await bus.records(1)
            await asyncio.sleep(0.3)
        await until(lambda: drained(bus))

    records = await bus.records(2)
    assert ids(records) == [str(early.id), str(late.id)]


async def test_a_record_is_a_cloud_event_under_the_key_of_its_aggregate(bus: Bus) -> None:
    event = an_event()
    await bus.store(event)
    async with running(bus.relay()):
        [record] = await bus.records(1)

    assert record.key == event.subject.encode()
    assert record.value == event.value()
    assert {name: value.decode() for name, value in record.headers} == event.headers()


async def test_a_relay_that_dies_between_ack_and_mark_repeats_but_loses_nothing(bus: Bus) -> None:
    events = [an_event() for _ in range(20)]
    await bus.store(*events)

    class Killed(BaseException):
        pass

    async def die() -> None:
        raise Killed

    with pytest.raises(Killed):
        await bus.relay(after_send=die).run()
    assert not await drained(bus)
    async with running(bus.relay(), bus.consumer()):
        await until(lambda: drained(bus))
        await bus.send(marker := an_event())
        await until(lambda: has_effect(bus, marker.id))

    sent = Counter(ids(await bus.records(41)))
    assert all(sent[str(event.id)] == 2 for event in events)
    assert await bus.effects() == [event.id for event in (*events, marker)]


async def test_of_two_relays_one_is_active_and_the_other_takes_over(bus: Bus) -> None:
    first, second = bus.relay(), bus.relay()
    async with running(first):
        await until(lambda: relayed(bus))
        async with running(second):
            await bus.store(*(an_event() for _ in range(50)))
            await until(lambda: drained(bus))
            await asyncio.sleep(0.3)
            assert await depose(bus) == 1
            await bus.store(an_event())
            await until(lambda: drained(bus))

    assert all(times == 1 for times in Counter(ids(await bus.records(51))).values())


async def test_a_relay_that_lost_its_lock_cannot_mark(bus: Bus) -> None:
    """It wakes from a pause, finds its connection gone, and what it has just sent is sent again."""
    event = an_event()
    await bus.store(event)

    async def lose_the_connection() -> None:
        if not await drained(bus) and not lost:
            lost.append(True)
            await depose(bus)

    lost: list[bool] = []
    async with running(bus.relay(after_send=lose_the_connection)):
        await until(lambda: drained(bus))

    assert ids(await bus.records(2)) == [str(event.id)] * 2


async def test_a_parcel_that_cannot_be_sent_holds_back_its_partition_and_no_other(
    new_bus: NewBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three events so large that each is a parcel: the third must not overtake the second."""
    bus = await new_bus(2)
    case, other = on_partition(0), on_partition(1)
    events = [an_event(case, version=version) for version in (1, 2, 3)]
    others = [an_event(other, version=version) for version in (1, 2)]
    send_batch = AIOKafkaProducer.send_batch
    parcels = 0

    async def fail_the_second(
        self: AIOKafkaProducer, batch: BatchBuilder, topic: str, *, partition: int
    ) -> object:
        nonlocal parcels
        parcels += partition == 0
        if partition == 0 and parcels == 2:
            raise KafkaTimeoutError
        return await send_batch(self, batch, topic, partition=partition)

    monkeypatch.setattr(AIOKafkaProducer, "send_batch", fail_the_second)
    await bus.store(events[0], others[0], events[1], others[1], events[2])
    await bus.fetch("UPDATE outbox SET payload = payload || $1 WHERE aggregateid = $2", b" " * 200_000, case)
    async with running(bus.relay()):
        await until(lambda: drained(bus))

    sent = ids(await bus.records(5))
    assert [id_ for id_ in sent if id_ in {str(event.id) for event in events}] == [
        str(event.id) for event in events
    ]
    assert len(set(sent)) == 5


async def test_an_event_too_large_for_the_broker_stays_and_the_rest_goes_on(bus: Bus) -> None:
    large, small = an_event(case := uuid4()), an_event()
    behind = an_event(case, version=2)
    await bus.store(large, behind, small)
    await bus.fetch("UPDATE outbox SET payload = $1 WHERE id = $2", b" " * 1_100_000, large.id)

    async with running(bus.relay()):
        assert ids(await bus.records(1)) == [str(small.id)]
        await until(lambda: published(bus, 1))

    waiting = await bus.fetch("SELECT id FROM outbox WHERE published_at IS NULL ORDER BY position")
    assert [row["id"] for row in waiting] == [large.id, behind.id]


async def test_a_producer_that_stays_broken_ends_the_process(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = 0

    async def broken(self: AIOKafkaProducer, *_: object, **__: object) -> object:
        refused = asyncio.get_running_loop().create_future()
        refused.set_exception(OutOfOrderSequenceNumber())
        return refused

    start = AIOKafkaProducer.start

    async def counted(self: AIOKafkaProducer) -> None:
        nonlocal sessions
        sessions += 1
        await start(self)

    monkeypatch.setattr(AIOKafkaProducer, "send_batch", broken)
    monkeypatch.setattr(AIOKafkaProducer, "start", counted)
    await bus.store(an_event())

    async with running(bus.relay()):
        await until(lambda: bus.exits)
    assert sessions == 2
    assert bus.exits.pop() == STALLED


async def test_every_replica_must_acknowledge_and_a_resent_batch_is_written_once(bus: Bus) -> None:
    async with relay_module._producing(bus.kafka) as producer:
        assert producer._sender._acks == -1
        assert producer._txn_manager is not None


async def test_many_events_of_few_cases_keep_each_cases_order(new_bus: NewBus) -> None:
    bus = await new_bus(3)
    cases = [uuid4() for _ in range(7)]
    await bus.store(*(an_event(case, version=version) for version in range(1, 101) for case in cases))
    async with running(bus.relay(batch_size=64)):
        await until(lambda: drained(bus))

    versions: dict[bytes, list[int]] = {}
    for record in await bus.records(700):
        versions.setdefault(record.key, []).append(int(dict(record.headers)["aggregate_version"]))
    assert list(versions.values()) == [list(range(1, 101))] * 7


async def test_the_state_of_the_outbox_is_told(bus: Bus) -> None:
    await bus.store(an_event(), an_event())
    async with bus.database.reading() as connection:
        waiting = await state(connection)
        assert (waiting.unpublished, waiting.relayed) == (2, False)
        assert 0 < waiting.oldest_seconds < 60
        async with running(bus.relay()):
            await until(lambda: drained(bus))
            assert (await state(connection)).relayed
        assert (await state(connection)).unpublished == 0


async def depose(bus: Bus) -> int:
    """Ends the connections that hold the relay's lock; how many there were."""
    return len(
        await bus.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND datname = current_database()"
        )
    )


async def relayed(bus: Bus) -> bool:
    async with bus.database.reading() as connection:
        return (await state(connection)).relayed


async def published(bus: Bus, number: int) -> bool:
    return len(await bus.fetch("SELECT FROM outbox WHERE published_at IS NOT NULL")) == number


async def has_effect(bus: Bus, event_id: object) -> bool:
    return event_id in await bus.effects()


def on_partition(wanted: int) -> UUID:
    """A case whose events go to that one of two partitions."""
    return next(
        case for case in iter(uuid4, None) if DefaultPartitioner()(str(case).encode(), [0, 1], []) == wanted
    )
