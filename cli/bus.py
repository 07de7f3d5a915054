"""The topics as they stand, read from the first kept record to the end, without joining any group."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import CommitFailedError

from cli.running import NotHere
from shared.contracts import topics
from shared.messaging.login import login_of
from shared.settings import BrokerSettings

CASE_TOPICS = (topics.COMPLAINTS, topics.MEDIATION, topics.NOTIFICATIONS)
PUBLIC_TOPICS = (topics.ALLIANCE, *CASE_TOPICS)
"""All but the contacts, which only notifications may read."""

SESSION_SECONDS = 45
"""Longer than a group waits for a member it does not hear of."""


async def records(
    broker: BrokerSettings, names: Iterable[str], *, since: datetime | None = None
) -> AsyncIterator[ConsumerRecord]:
    """Every record that is on the topics now; `since` leaves out those written before."""
    async with _reading(broker, names) as consumer:
        if since is not None:
            await _seek(consumer, since)
        ends = await consumer.end_offsets(consumer.assignment())
        unread = {partition for partition, end in ends.items() if await consumer.position(partition) < end}
        while unread:
            batches = await consumer.getmany(timeout_ms=200)
            for partition, batch in batches.items():
                for record in batch:
                    if record.offset < ends[partition]:
                        yield record
            unread = {each for each in unread if await consumer.position(each) < ends[each]}


async def first_offsets(broker: BrokerSettings, name: str) -> dict[TopicPartition, int]:
    """Where each partition begins: not 0 once retention has taken its first records."""
    async with _reading(broker, [name]) as consumer:
        begins: dict[TopicPartition, int] = await consumer.beginning_offsets(consumer.assignment())
        return begins


async def committed(broker: BrokerSettings, groups: Iterable[str]) -> dict[str, dict[TopicPartition, int]]:
    """How far each consumer group has come."""
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.kafka_bootstrap, **login_of(broker).options)
    await admin.start()
    try:
        found = {group: await admin.list_consumer_group_offsets(group) for group in groups}
    finally:
        await admin.close()
    return {
        group: {partition: at.offset for partition, at in offsets.items()} for group, offsets in found.items()
    }


async def begin_at(
    broker: BrokerSettings, group: str, names: Iterable[str], offsets: Mapping[TopicPartition, int]
) -> None:
    """Lets a group that has no member go on from `offsets`; from the beginning where none is given."""
    async with _reading(broker, names) as reader:
        partitions = list(reader.assignment())
    async with AIOKafkaConsumer(
        bootstrap_servers=broker.kafka_bootstrap,
        group_id=group,
        enable_auto_commit=False,
        **login_of(broker).options,
    ) as consumer:
        consumer.assign(partitions)
        await _commit_when_empty(
            consumer, group, {partition: offsets.get(partition, 0) for partition in partitions}
        )


async def _commit_when_empty(
    consumer: AIOKafkaConsumer, group: str, offsets: Mapping[TopicPartition, int]
) -> None:
    """A member that was killed counts as one until its session is over. Raises NotHere if one stays."""
    for _ in range(SESSION_SECONDS):
        try:
            await consumer.commit(offsets)
            return
        except CommitFailedError:
            await asyncio.sleep(1)
    raise NotHere(f"{group} still has members: stop the service's workers first")


async def unread(broker: BrokerSettings, groups: Mapping[str, Sequence[str]]) -> int:
    """How many records of its topics each group has still before it, all groups together."""
    names = {name for wanted in groups.values() for name in wanted}
    async with _reading(broker, names) as consumer:
        ends: dict[TopicPartition, int] = await consumer.end_offsets(consumer.assignment())
    done = await committed(broker, groups)
    return sum(
        max(0, end - done[group].get(partition, 0))
        for group, wanted in groups.items()
        for partition, end in ends.items()
        if partition.topic in wanted
    )


async def _seek(consumer: AIOKafkaConsumer, since: datetime) -> None:
    """To each partition's first record from then on, or to its end where there is none.

    The consumer's own way to the beginning is waited for: still under way, it would overrule ours.
    """
    for partition in consumer.assignment():
        await consumer.position(partition)
    at_ms = int(since.timestamp() * 1000)
    found = await consumer.offsets_for_times(dict.fromkeys(consumer.assignment(), at_ms))
    for partition, place in found.items():
        if place is None:
            await consumer.seek_to_end(partition)
        else:
            consumer.seek(partition, place.offset)


@asynccontextmanager
async def _reading(broker: BrokerSettings, names: Iterable[str]) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        *names,
        bootstrap_servers=broker.kafka_bootstrap,
        **login_of(broker).options,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()
