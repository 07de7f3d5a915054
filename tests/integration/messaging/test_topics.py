"""Topics are made as declared, and never remade."""

from __future__ import annotations

from uuid import uuid4

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

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


async def test_what_the_broker_refuses_is_not_passed_over(kafka: str) -> None:
    with pytest.raises(KafkaError):
        await topics.apply(kafka, [Topic("no good name!")])
    with pytest.raises(KafkaError):
        await topics.apply(kafka, [Topic(f"events-{uuid4().hex}")], replication=3)


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
