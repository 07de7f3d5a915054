"""The consume loop against a real broker and a real database."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest
import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CommitFailedError

from shared.contracts.complaints import CaseWithdrawn
from shared.contracts.envelope import Envelope
from shared.messaging.consumer import Consumer
from shared.messaging.failures import PATIENCE
from shared.observability.traces import current_traceparent
from shared.persistence.database import Connection
from tests.integration.messaging.conftest import BRISK, Bus, NewBus, an_event, log_effect, running, until


async def test_each_event_has_its_effect_once_and_in_order(bus: Bus) -> None:
    case = uuid4()
    events = [an_event(case, version=version) for version in range(1, 51)]
    await bus.send(*events, *events[:10])

    async with running(bus.consumer()):
        await bus.has_effects(50)
        await until(lambda: is_committed(bus, 60))

    assert await bus.effects() == [event.id for event in events]


async def test_types_without_a_handler_are_passed_over(bus: Bus) -> None:
    known = an_event()
    withdrawn = CaseWithdrawn(**known.data.model_dump())
    await bus.send(an_event(data=withdrawn), known, an_event(data=withdrawn))

    async with running(bus.consumer()):
        await until(lambda: is_committed(bus, 3))

    assert await bus.effects() == [known.id]
    assert await bus.letters() == []


async def test_a_partition_in_transient_trouble_holds_up_no_other_and_skips_nothing(new_bus: NewBus) -> None:
    bus = await new_bus(3)
    cases = [uuid4() for _ in range(3)]
    events = {case: [an_event(case, version=version) for version in range(1, 21)] for case in cases}
    ill = events[cases[1]][7].id
    tries = 0
    healthy = asyncio.Event()

    async def deadlocked_at_first(tx: Connection, event: Envelope) -> None:
        nonlocal tries
        if event.id == ill and not healthy.is_set():
            tries += 1
            raise asyncpg.DeadlockDetectedError("deadlock")
        await log_effect(tx, event)

    for partition, case in enumerate(cases):
        await bus.send(*events[case], partition=partition)
    async with running(bus.consumer(deadlocked_at_first)):
        await bus.has_effects(20 + 7 + 20)
        await until(lambda: tries > PATIENCE * 2)
        for partition in (0, 2):
            await bus.send(an_event(cases[partition], version=21), partition=partition)
        await bus.has_effects(21 + 7 + 21)
        assert await bus.committed(1) == 7
        healthy.set()
        await bus.has_effects(62)

    by_case: dict[UUID, list[int]] = defaultdict(list)
    for row in await bus.fetch("SELECT key, version FROM effects ORDER BY place"):
        by_case[row["key"]].append(row["version"])
    assert by_case == {case: list(range(1, 21)) + [21] * (case != cases[1]) for case in cases}
    assert await bus.letters() == []


async def test_a_partition_whose_handler_hangs_holds_up_no_other(new_bus: NewBus) -> None:
    bus = await new_bus(2)
    hanging, other = an_event(), uuid4()
    let_go = asyncio.Event()

    async def hangs(tx: Connection, event: Envelope) -> None:
        if event.id == hanging.id:
            await let_go.wait()
        await log_effect(tx, event)

    behind = [an_event() for _ in range(3)]
    await bus.send(hanging, behind[0], partition=0)
    await bus.send(an_event(other), partition=1)
    async with running(bus.consumer(hangs)):
        await bus.has_effects(1)
        for version in range(2, 6):
            await bus.send(an_event(other, version=version), partition=1)
            await bus.has_effects(version)
        await bus.send(behind[1], partition=0)
        await asyncio.sleep(0.5)
        assert await bus.committed(0) is None
        let_go.set()
        await until(lambda: is_committed(bus, 3))
        await bus.send(behind[2], partition=0)
        await until(lambda: is_committed(bus, 4))

    assert (await bus.effects())[5:] == [hanging.id, *(event.id for event in behind)]
    assert await bus.letters() == []


async def test_a_hanging_partition_that_fails_at_last_is_tried_again(new_bus: NewBus) -> None:
    bus = await new_bus(2)
    ill, well = an_event(), an_event()
    tries: list[float] = []

    async def hangs_and_fails_twice(tx: Connection, event: Envelope) -> None:
        if event.id == ill.id:
            tries.append(asyncio.get_running_loop().time())
            if len(tries) <= 2:
                await asyncio.sleep(3 * BRISK.slow_seconds)
                raise asyncpg.LockNotAvailableError("not yet")
        await log_effect(tx, event)

    await bus.send(ill, an_event(), partition=0)
    resting = replace(BRISK, retry_seconds=1, retry_cap_seconds=1)
    async with running(bus.consumer(hangs_and_fails_twice, resting)):
        await bus.send(well, partition=1)
        await until(lambda: is_committed(bus, 2))

    assert len(tries) == 3
    assert tries[2] - tries[1] > 3 * BRISK.slow_seconds + 0.5
    assert (await bus.effects())[0] == well.id
    assert len(await bus.effects()) == 3


async def test_an_error_without_a_name_is_tried_a_few_times_and_then_set_aside(bus: Bus) -> None:
    tries: Counter[UUID] = Counter()
    bad, good = an_event(), an_event()

    async def broken(tx: Connection, event: Envelope) -> None:
        tries[event.id] += 1
        if event.id == bad.id:
            raise ZeroDivisionError("13812345678 is nobody's business")
        await log_effect(tx, event)

    await bus.send(bad, good)
    async with running(bus.consumer(broken)):
        await bus.has_effects(1)

    [letter] = await bus.letters()
    assert (letter["reason"], letter["attempts"]) == ("handler_failed", PATIENCE)
    assert "ZeroDivisionError" in letter["error"]
    assert "138" not in letter["error"]
    assert await bus.effects() == [good.id]


async def test_a_record_in_trouble_is_tried_less_and_less_often(bus: Bus) -> None:
    tries: list[float] = []

    async def fails(tx: Connection, event: Envelope) -> None:
        tries.append(asyncio.get_running_loop().time())
        raise asyncpg.SerializationError("again")

    await bus.send(an_event())
    async with running(bus.consumer(fails, replace(BRISK, retry_seconds=0.2, retry_cap_seconds=60))):
        await until(lambda: len(tries) >= 2)
        await asyncio.sleep(3)

    in_batch_and_alone = 2
    assert len(tries) <= 5 * in_batch_and_alone
    assert tries[-1] - tries[-1 - in_batch_and_alone] > tries[in_batch_and_alone] - tries[0]


async def test_a_handler_runs_in_the_trace_and_the_log_context_of_its_event(bus: Bus) -> None:
    seen: list[dict[str, object]] = []
    trace_id = "0af7651916cd43dd8448eb211c80319c"

    async def look(tx: Connection, event: Envelope) -> None:
        seen.append(structlog.contextvars.get_contextvars())
        assert (current_traceparent() or "").split("-")[1] == trace_id

    event = replace(an_event(), traceparent=f"00-{trace_id}-b7ad6b7169203331-01")
    await bus.send(event)
    async with running(bus.consumer(look)):
        await until(lambda: seen)

    assert seen[0] == {
        "trace_id": trace_id,
        "event_id": str(event.id),
        "event_type": event.type,
        "consumer": bus.group,
    }


async def test_lost_connections_are_ridden_out(bus: Bus) -> None:
    events = [an_event() for _ in range(40)]

    async def slow(tx: Connection, event: Envelope) -> None:
        await log_effect(tx, event)
        await asyncio.sleep(0.01)

    async with running(bus.consumer(slow)):
        await bus.send(*events)
        for _ in range(10):
            await bus.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await asyncio.sleep(0.1)
        await bus.has_effects(40)

    assert Counter(await bus.effects()) == Counter(event.id for event in events)
    assert await bus.letters() == []


async def test_a_handler_cancelled_at_shutdown_leaves_its_record_for_the_next_process(bus: Bus) -> None:
    event = an_event()
    started = asyncio.Event()

    async def hangs(tx: Connection, event: Envelope) -> None:
        await log_effect(tx, event)
        started.set()
        await asyncio.sleep(60)

    await bus.send(event)
    async with running(bus.consumer(hangs)):
        await asyncio.wait_for(started.wait(), 60)

    assert await bus.committed() is None
    assert await bus.effects() == []
    async with running(bus.consumer()):
        await bus.has_effects(1)
    assert await bus.effects() == [event.id]


async def test_a_handler_done_within_the_grace_is_committed_before_the_process_ends(bus: Bus) -> None:
    started = asyncio.Event()

    async def takes_a_moment(tx: Connection, event: Envelope) -> None:
        started.set()
        await asyncio.sleep(0.2)
        await log_effect(tx, event)

    await bus.send(an_event())
    async with running(bus.consumer(takes_a_moment)):
        await asyncio.wait_for(started.wait(), 60)

    assert len(await bus.effects()) == 1
    assert await bus.committed() == 1


@pytest.mark.parametrize(
    "failure", [asyncio.CancelledError(), CommitFailedError()], ids=["killed", "commit lost"]
)
async def test_a_process_that_ends_between_database_and_offset_repeats_nothing(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    events = [an_event() for _ in range(5)]
    await bus.send_raw(b"poison", [])
    await bus.send(*events)

    async def fail(*_: object) -> None:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr(AIOKafkaConsumer, "commit", fail)
        async with running(bus.consumer()):
            await bus.has_effects(5)
    assert await bus.committed() is None

    await bus.send(last := an_event())
    async with running(bus.consumer()):
        await until(lambda: is_committed(bus, 7))
    assert await bus.effects() == [event.id for event in (*events, last)]
    assert len(await bus.letters()) == 1


async def test_members_that_come_and_go_lose_and_repeat_nothing(new_bus: NewBus) -> None:
    bus = await new_bus(4)
    cases = [uuid4() for _ in range(8)]
    events = [an_event(case, version=version) for version in range(1, 41) for case in cases]

    async def slow(tx: Connection, event: Envelope) -> None:
        await asyncio.sleep(0.002)
        await log_effect(tx, event)

    async with running(bus.consumer(slow)):
        sending = asyncio.create_task(bus.send(*events))
        for _ in range(3):
            async with running(bus.consumer(slow)):
                await asyncio.sleep(0.7)
            await asyncio.sleep(0.2)
        await sending
        await bus.has_effects(len(events))
        await asyncio.sleep(0.3)

    assert Counter(await bus.effects()) == Counter(event.id for event in events)
    versions: dict[UUID, list[int]] = defaultdict(list)
    for row in await bus.fetch("SELECT key, version FROM effects ORDER BY place"):
        versions[row["key"]].append(row["version"])
    assert versions == {case: list(range(1, 41)) for case in cases}


async def test_a_consumer_waits_for_a_broker_that_is_not_there_yet(bus: Bus) -> None:
    consumer = Consumer(bus.subscription(), bootstrap="127.0.0.1:1", database=bus.database)
    async with running(consumer) as [task]:
        await asyncio.sleep(1.5)
        assert not task.done()


async def is_committed(bus: Bus, offset: int) -> bool:
    return await bus.committed() == offset
