"""Topics are made as declared, and never remade."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError
from structlog.testing import capture_logs

from shared.contracts.topics import Topic
from shared.messaging import topics


async def test_what_is_missing_is_made_and_what_is_there_stays(kafka: str) -> None:
    events = Topic(f"events-{uuid4().hex}", partitions=3, retention_ms=86_400_000)
    states = Topic(f"states-{uuid4().hex}", partitions=2, compacted=True, retention_ms=None)

    assert await topics.apply(kafka, [events, states]) == [events.name, states.name]
    assert await topics.apply(kafka, [events, Topic(states.name, partitions=9)]) == []

    assert await partitions(kafka, events.name, states.name) == {events.name: 3, states.name: 2}
    assert await setting(kafka, events.name, "retention.ms") == "86400000"
    assert await setting(kafka, states.name, "cleanup.policy") == "compact"
    assert await setting(kafka, states.name, "retention.ms") == "-1"


async def test_a_writer_that_says_when_its_record_came_is_not_believed(kafka: str) -> None:
    """A stranger's record as old as it likes would be excused, and one of the future would stay for ever."""
    events = Topic(f"events-{uuid4().hex}", partitions=1)
    await topics.apply(kafka, [events])
    began = int(time.time() * 1000)
    for forged in (0, began + 900 * 86_400_000):
        assert began <= await stamped(kafka, events.name, forged) < began + 86_400_000


async def test_a_topic_of_before_is_told_of_and_brought_up_and_keeps_what_else_was_set(kafka: str) -> None:
    old = Topic(f"events-{uuid4().hex}", partitions=1)
    await make_as_before(kafka, old.name)
    with capture_logs() as logged:
        assert await topics.apply(kafka, [old]) == []
    [told] = [line for line in logged if line["event"] == "topic_settings_differ"]
    assert (told["topic"], told["declared"]) == (old.name, {"message.timestamp.type": "LogAppendTime"})
    assert await stamped(kafka, old.name, LONG_AGO) == LONG_AGO

    with capture_logs() as logged:
        for _ in range(2):
            assert await topics.apply(kafka, [old], alter=True) == []
    assert logged == []
    assert await setting(kafka, old.name, "max.message.bytes") == "2000000"
    assert await stamped(kafka, old.name, LONG_AGO) > LONG_AGO


async def test_what_the_broker_refuses_is_not_passed_over(kafka: str) -> None:
    with pytest.raises(KafkaError):
        await topics.apply(kafka, [Topic("no good name!")])
    with pytest.raises(KafkaError):
        await topics.apply(kafka, [Topic(f"events-{uuid4().hex}")], replication=3)


@pytest.mark.parametrize("left_to_the_broker", ["max.compaction.lag.ms", "min.cleanable.dirty.ratio"])
async def test_the_old_word_about_who_was_erased_leaves_the_disk_and_the_last_about_others_stays(
    kafka: str, monkeypatch: pytest.MonkeyPatch, left_to_the_broker: str
) -> None:
    """With the settings of the contacts topic, a fifth of a second in the place of a day.

    How old a word may become and how little was overtaken: either alone does it, beside much that stands.
    """
    for name in ("segment.ms", "max.compaction.lag.ms"):
        monkeypatch.setitem(topics._COMPACTED_SOON, name, "200")
    monkeypatch.delitem(topics._COMPACTED_SOON, left_to_the_broker)
    states = Topic(f"states-{uuid4().hex}", partitions=1, compacted=True, retention_ms=None)
    await topics.apply(kafka, [states])
    await clean_soon(kafka)
    await say(kafka, states.name, ("many", b"overtaken"), ("many", MUCH))
    await gone(kafka, states.name, b"overtaken")

    await say(kafka, states.name, ("lin", b"lin@old.example"), ("ma", b"ma@old.example"), ("lin", None))
    await say(kafka, states.name, ("ma", b"ma@new.example"))
    words = await gone(kafka, states.name, b"lin@old.example")
    assert b"ma@new.example" in words
    assert MUCH in words


MUCH = b"." * 50_000
"""Against which the words of a minute are few."""


async def gone(kafka: str, topic: str, word: bytes) -> list[bytes | None]:
    """All that is kept once that word is not; a broker closes its file only for the next word."""
    async with asyncio.timeout(60):
        while word in (words := await kept(kafka, topic)):
            await say(kafka, topic, ("sun", b"sun@old.example"), ("sun", None))
            await asyncio.sleep(0.3)
    return words


LONG_AGO = 1_000_000_000_000


async def make_as_before(kafka: str, topic: str) -> None:
    """With the settings of before this one, and one of an operator's own."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        told = topics.settings(Topic(topic)) | {"max.message.bytes": "2000000"}
        del told["message.timestamp.type"]
        await admin.create_topics([NewTopic(topic, 1, 1, topic_configs=told)])
    finally:
        await admin.close()


async def stamped(kafka: str, topic: str, said_ms: int) -> int:
    """The time that readers are told of a record whose writer said another."""
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        written = await producer.send_and_wait(topic, b"{}", partition=0, timestamp_ms=said_ms)
    there = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False) as consumer:
        consumer.assign([there])
        consumer.seek(there, written.offset)
        record = await consumer.getone(there)
        return int(record.timestamp)


async def say(kafka: str, topic: str, *words: tuple[str, bytes | None]) -> None:
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        for key, value in words:
            await producer.send_and_wait(topic, value, key=key.encode())


async def kept(kafka: str, topic: str) -> list[bytes | None]:
    """Every value that the one partition still holds, from its beginning."""
    there = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False) as consumer:
        consumer.assign([there])
        await consumer.seek_to_beginning(there)
        end = (await consumer.end_offsets([there]))[there]
        found = []
        while await consumer.position(there) < end:
            records = (await consumer.getmany(there, timeout_ms=500)).get(there, [])
            found += [record.value for record in records]
        return found


async def clean_soon(kafka: str) -> None:
    """The broker's cleaner looks ten times a second for what it may clean, and not every fifteen seconds."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        often = {"log.cleaner.backoff.ms": "100"}
        await admin.alter_configs([ConfigResource(ConfigResourceType.BROKER, "1", configs=often)])
    finally:
        await admin.close()


async def partitions(kafka: str, *names: str) -> dict[str, int]:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        return {
            topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics(list(names))
        }
    finally:
        await admin.close()


async def setting(kafka: str, topic: str, name: str) -> str:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        [response] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
        [(*_, entries)] = response.resources
        return {entry[0]: entry[1] for entry in entries}[name]
    finally:
        await admin.close()
