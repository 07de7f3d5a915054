"""A release adds a handler for a type that was told before: what was passed over then is no loss, now it is."""

from __future__ import annotations

from datetime import UTC, datetime

from aiokafka import TopicPartition

from cli import bus as topics
from cli.verify.findings import Finding
from cli.verify.flow import Bus as Seen
from cli.verify.flow import check_inbox
from shared.contracts.complaints import CaseWithdrawn, OccurrenceLogged
from shared.messaging.subscription import Subscription
from tests.integration.messaging.conftest import Bus, an_event, log_effect, running, until


def new_release(bus: Bus) -> Subscription:
    """Which has learnt to handle a withdrawal as well."""
    return bus.subscription(handlers={OccurrenceLogged.TYPE: log_effect, CaseWithdrawn.TYPE: log_effect})


async def found(bus: Bus) -> Finding:
    """As `shangju verify` finds it, by the code of the new release."""
    offsets = {bus.group: {TopicPartition(bus.topic, 0): await bus.committed() or 0}}
    records = {bus.topic: [one async for one in topics.records(bus.settings, [bus.topic])]}
    seen = Seen(datetime.now(UTC), offsets, records, {bus.topic: frozenset()}, frozenset({bus.topic}))
    return await check_inbox("tests", bus.database, new_release(bus), seen)


async def test_only_what_is_older_than_its_handler_may_be_without_effect(bus: Bus) -> None:
    happened = an_event()
    withdrawn = CaseWithdrawn(**happened.data.model_dump())
    await bus.send(happened, an_event(data=withdrawn))
    async with running(bus.consumer()):
        await until(lambda: _committed(bus, 2))
    async with running(bus.consumer(new_release(bus))):
        await bus.send(an_event(data=withdrawn))
        await bus.has_effects(2)
        await until(lambda: _committed(bus, 3))
    after = await found(bus)
    assert (after.counted, after.before, after.breaks) == (2, 1, [])

    async with running(bus.consumer()):  # an old worker that was left running passes over what it should not
        await bus.send(an_event(data=withdrawn))
        await until(lambda: _committed(bus, 4))
    assert (await found(bus)).breaks == [f"{bus.topic} 0/3: passed without effect"]


async def test_the_gauge_reads_open_letters_alone(bus: Bus) -> None:
    async with bus.database.transaction() as tx:
        await tx.execute("SET LOCAL enable_seqscan = off")
        plan = await tx.fetch(
            "EXPLAIN SELECT consumer, count(*) FROM dead_letters WHERE settled_at IS NULL GROUP BY consumer"
        )
    assert any("dead_letters_open" in row[0] for row in plan)


async def _committed(bus: Bus, offset: int) -> bool:
    return await bus.committed() == offset
