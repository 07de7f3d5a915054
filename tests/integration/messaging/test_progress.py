"""Who stands still is seen, and ended."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer
from prometheus_client import REGISTRY

from shared.contracts.envelope import Envelope
from shared.messaging import dead_letters
from shared.messaging.consumer import Consumer
from shared.messaging.metrics import LAG
from shared.messaging.watchdog import STALLED, Watchdog
from shared.persistence import timers
from shared.persistence.database import Connection
from tests.integration.messaging.conftest import BRISK, Bus, NewBus, an_event, log_effect, running, until


def watched(bus: Bus, handler: object, exits: list[int]) -> Consumer:
    return Consumer(
        bus.subscription(handler),  # type: ignore[arg-type]
        bootstrap=bus.kafka,
        database=bus.database,
        watchdog=Watchdog(patience_seconds=0.6, exit=exits.append),
        pace=replace(BRISK, effect_seconds=30),
    )


async def hangs(tx: Connection, event: Envelope) -> None:
    await asyncio.sleep(60)


async def fails(tx: Connection, event: Envelope) -> None:
    raise asyncpg.LockNotAvailableError("for ever")


@pytest.mark.parametrize("handler", [hangs, fails])
async def test_a_process_that_gets_nothing_done_ends(bus: Bus, handler: object) -> None:
    exits: list[int] = []
    await bus.send(an_event())
    async with running(watched(bus, handler, exits)):
        await until(lambda: exits)
    assert exits[0] == STALLED


async def test_a_process_without_work_goes_on(bus: Bus) -> None:
    exits: list[int] = []
    await bus.send(an_event())
    async with running(watched(bus, log_effect, exits)):
        await bus.has_effects(1)
        await asyncio.sleep(3)
    assert exits == []


async def test_a_process_whose_database_is_away_waits_for_it(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    exits: list[int] = []
    await bus.send(an_event())
    with monkeypatch.context() as away:
        away.setattr(bus.database, "transaction", refuse)
        away.setattr(bus.database, "reading", refuse)
        consumer = running(watched(bus, log_effect, exits))
        await consumer.__aenter__()
        await asyncio.sleep(1.5)
    await bus.has_effects(1)
    await consumer.__aexit__(None, None, None)
    assert exits == []


async def test_a_fault_in_the_loop_itself_ends_the_process_rather_than_lose_a_batch(
    bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    exits: list[int] = []
    consumer = watched(bus, log_effect, exits)
    monkeypatch.setattr(consumer, "_done", None)
    await bus.send(an_event())
    async with running(consumer):
        await until(lambda: exits)
    assert exits[0] == STALLED
    assert await bus.committed() is None


async def test_lag_is_told_while_there_is_any(bus: Bus) -> None:
    healthy = asyncio.Event()

    async def fails_at_first(tx: Connection, event: Envelope) -> None:
        if not healthy.is_set():
            raise asyncpg.LockNotAvailableError("not yet")
        await log_effect(tx, event)

    labels = {"group": bus.group, "topic": bus.topic, "partition": "0"}

    def sample(name: str) -> float | None:
        return REGISTRY.get_sample_value(name, labels)

    await bus.send(an_event(), an_event(), an_event())
    async with running(bus.consumer(fails_at_first)):
        await until(lambda: sample("shangju_consumer_lag_records") == 3)
        await until(lambda: (sample("shangju_consumer_lag_seconds") or 0) > 0.3)
        healthy.set()
        await until(lambda: sample("shangju_consumer_lag_records") == 0)
        await until(lambda: sample("shangju_consumer_lag_seconds") == 0)


async def test_a_partition_that_went_to_another_member_is_not_counted_here(new_bus: NewBus) -> None:
    bus = await new_bus(2)

    def counted() -> set[str]:
        samples = next(metric.samples for metric in LAG.collect())
        return {sample.labels["partition"] for sample in samples if sample.labels["group"] == bus.group}

    async with running(bus.consumer()):
        await until(lambda: counted() == {"0", "1"})
        elsewhere = AIOKafkaConsumer(
            bus.topic, bootstrap_servers=bus.kafka, group_id=bus.group, enable_auto_commit=False
        )
        async with elsewhere:
            await until(lambda: len(counted()) == 1)


async def test_letters_nobody_settled_and_timers_nobody_fired_are_told(bus: Bus) -> None:
    now = datetime(2026, 11, 27, 8, tzinfo=UTC)

    async def told(name: str, **labels: str) -> float | None:
        async with bus.database.reading() as connection:
            await dead_letters.measure(connection, [bus.group])
            await timers.measure(connection, now)
        return REGISTRY.get_sample_value(name, labels)

    assert await told("shangju_dead_letters_open", group=bus.group) == 0
    assert await told("shangju_timers_overdue_seconds") == 0
    await bus.send_raw(b"poison", [])
    async with running(bus.consumer()):
        await until(bus.letters)
    async with bus.database.transaction() as tx:
        await tx.executemany(
            "INSERT INTO timers (dedupe_key, aggregate_id, kind, due_at) VALUES ($1, $2, 'k', $3)",
            [(str(age), uuid4(), now - timedelta(seconds=age)) for age in (90, 5, -5)],
        )
    assert await told("shangju_dead_letters_open", group=bus.group) == 1
    assert await told("shangju_timers_overdue") == 2
    assert await told("shangju_timers_overdue_seconds") == 90

    [letter] = await bus.letters()
    await dead_letters.discard(bus.database, letter["id"], by="officer", why="a stranger's record")
    assert await told("shangju_dead_letters_open", group=bus.group) == 0
