"""What FastStream 0.7.8 and aiokafka 0.14 really do, on a real broker.

`shared/messaging` is built around these; a new version that changes one of them fails here first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage, KafkaPublishMessage, TestKafkaBroker

NewTopicWith = Callable[[int], Awaitable[str]]


@pytest.fixture
async def new_topic(kafka: str) -> NewTopicWith:
    async def create(partitions: int) -> str:
        name = f"trap-{uuid4().hex[:12]}"
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(name, partitions, 1)])
        finally:
            await admin.close()
        return name

    return create


async def send(kafka: str, topic: str, *values: bytes | None, partition: int = 0, **extra: Any) -> None:
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        for value in values:
            await producer.send_and_wait(topic, value, partition=partition, **extra)


async def committed(kafka: str, group: str, topic: str, partition: int = 0) -> int | None:
    async with AIOKafkaConsumer(
        bootstrap_servers=kafka, group_id=group, enable_auto_commit=False
    ) as consumer:
        offset: int | None = await consumer.committed(TopicPartition(topic, partition))
        return offset


async def partitions_of(kafka: str, topic: str, records: int) -> set[int]:
    """The partitions on which the topic's first `records` records lie."""
    async with AIOKafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest") as consumer:
        return {(await asyncio.wait_for(consumer.getone(), 60)).partition for _ in range(records)}


async def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def subscribed(
    kafka: str, topic: str, group: str, handler: Callable[..., Any], *, grace: float = 2, **options: Any
) -> AsyncIterator[KafkaBroker]:
    """A FastStream subscriber as its documentation writes it, running."""
    broker = KafkaBroker(kafka, graceful_timeout=grace, logger=None)
    options = {"auto_offset_reset": "earliest"} | options
    broker.subscriber(topic, group_id=group, **options)(handler)
    async with broker:
        await broker.start()
        yield broker


@pytest.fixture
def group() -> str:
    return f"group-{uuid4().hex[:12]}"


@pytest.mark.filterwarnings("ignore:AckPolicy.REJECT_ON_ERROR has the same effect")
class TestAcknowledgement:
    async def test_the_default_policy_commits_before_the_handler_is_done(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"one")
        started = asyncio.Event()

        async def never_done(body: bytes) -> None:
            started.set()
            await asyncio.sleep(60)

        async with subscribed(kafka, topic, group, never_done, grace=0.1, auto_commit_interval_ms=100):
            await asyncio.wait_for(started.wait(), 60)
            await asyncio.sleep(0.5)

        assert await committed(kafka, group, topic) == 1

    @pytest.mark.parametrize("policy", [AckPolicy.ACK, AckPolicy.REJECT_ON_ERROR])
    async def test_a_failed_record_is_committed_all_the_same(
        self, kafka: str, new_topic: NewTopicWith, group: str, policy: AckPolicy
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"one")
        tries: list[bytes] = []

        async def fail(body: bytes) -> None:
            tries.append(body)
            raise RuntimeError

        async with subscribed(kafka, topic, group, fail, ack_policy=policy):
            await until(lambda: len(tries) > 0)
            await asyncio.sleep(0.5)

        assert len(tries) == 1
        assert await committed(kafka, group, topic) == 1

    async def test_nack_tries_again_at_once_and_without_end(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"one")
        tries: list[bytes] = []

        async def fail(body: bytes) -> None:
            tries.append(body)
            raise RuntimeError

        async with subscribed(kafka, topic, group, fail, ack_policy=AckPolicy.NACK_ON_ERROR):
            await until(lambda: len(tries) > 0)
            await asyncio.sleep(1)

        assert len(tries) > 50
        assert await committed(kafka, group, topic) is None

    async def test_ack_of_one_record_commits_what_was_fetched_of_every_partition(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        topic = await new_topic(2)
        await send(kafka, topic, b"a", partition=0)
        await send(kafka, topic, b"b", partition=1)
        seen: list[bytes] = []

        async def ack_the_second_alone(body: bytes, message: KafkaMessage) -> None:
            seen.append(body)
            if len(seen) == 2:
                await message.ack()

        async with subscribed(kafka, topic, group, ack_the_second_alone, ack_policy=AckPolicy.MANUAL):
            await until(lambda: len(seen) == 2)
            await asyncio.sleep(0.3)

        assert [await committed(kafka, group, topic, partition) for partition in (0, 1)] == [1, 1]

    async def test_nack_of_a_batch_rewinds_every_partition_of_it(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        """Read in an older source as 'one partition only'; on 0.7.8 all of them are rewound."""
        topic = await new_topic(2)
        await send(kafka, topic, b"a", partition=0)
        await send(kafka, topic, b"b", partition=1)
        batches: list[list[bytes]] = []
        recovering: list[bytes] = []

        async def fail_until_both_came_together(bodies: list[bytes]) -> None:
            batches.append(sorted(bodies))
            if not recovering:
                recovering.extend(bodies if len(bodies) == 2 else ())
                raise RuntimeError

        async with subscribed(
            kafka, topic, group, fail_until_both_came_together, batch=True, ack_policy=AckPolicy.NACK_ON_ERROR
        ):
            await until(lambda: [b"a", b"b"] in batches)
            failed = batches.index([b"a", b"b"])
            await until(lambda: {body for batch in batches[failed + 1 :] for body in batch} == {b"a", b"b"})

    @pytest.mark.parametrize("policy", [AckPolicy.ACK, AckPolicy.NACK_ON_ERROR, AckPolicy.REJECT_ON_ERROR])
    async def test_a_handler_cancelled_at_shutdown_commits_nothing(
        self, kafka: str, new_topic: NewTopicWith, group: str, policy: AckPolicy
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"one")
        cancelled = asyncio.Event()

        async def too_slow(body: bytes) -> None:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cancelled.set()
                raise

        async with subscribed(kafka, topic, group, too_slow, grace=0.1, ack_policy=policy) as broker:
            await until(lambda: bool(broker.subscribers[0].lock.qsize))
        await asyncio.wait_for(cancelled.wait(), 60)

        assert await committed(kafka, group, topic) is None


class TestPoison:
    async def test_a_broken_body_is_lost_before_any_handler_or_its_caller_sees_it(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"{", headers=[("content-type", b"application/json")])
        await send(kafka, topic, b'"good"', headers=[("content-type", b"application/json")])
        seen: list[str] = []

        async def handler(body: str) -> None:
            seen.append(body)

        async with subscribed(kafka, topic, group, handler, ack_policy=AckPolicy.ACK):
            await until(lambda: len(seen) == 1)
            await asyncio.sleep(0.3)

        assert seen == ["good"]
        assert await committed(kafka, group, topic) == 2

    @pytest.mark.parametrize("header", [b"\xff", None], ids=["not UTF-8", "null"])
    async def test_a_header_is_decoded_before_a_decoder_of_ours_could_run(
        self, kafka: str, new_topic: NewTopicWith, group: str, header: bytes | None
    ) -> None:
        """So a raw-bytes decoder alone is not enough: the parser must be ours too."""
        topic = await new_topic(1)
        await send(kafka, topic, b"one", headers=[("ce_id", header)])
        await send(kafka, topic, b"two")
        seen: list[bytes] = []

        async def raw(message: KafkaMessage) -> bytes:
            return message.body

        async def handler(body: bytes) -> None:
            seen.append(body)

        async with subscribed(kafka, topic, group, handler, decoder=raw, ack_policy=AckPolicy.ACK):
            await until(lambda: len(seen) > 0)

        assert seen == [b"two"]

    async def test_the_raw_records_of_a_batch_reach_the_handler_through_a_parser_of_ours(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        """The seam that shared/messaging uses."""
        topic = await new_topic(1)
        await send(kafka, topic, b"{", headers=[("ce_id", b"\xff"), ("x", None)])
        await send(kafka, topic, None, key=b"tombstone")
        seen: list[ConsumerRecord[bytes, bytes]] = []

        async def parser(records: tuple[ConsumerRecord[bytes, bytes], ...]) -> KafkaMessage:
            return KafkaMessage(raw_message=records, body=b"", consumer=None)  # type: ignore[arg-type]

        async def decoder(message: KafkaMessage) -> bytes:
            return message.body

        async def handler(message: KafkaMessage) -> None:
            seen.extend(message.raw_message)

        async with subscribed(
            kafka,
            topic,
            group,
            handler,
            batch=True,
            parser=parser,
            decoder=decoder,
            ack_policy=AckPolicy.MANUAL,
        ):
            await until(lambda: len(seen) == 2)

        assert [record.value for record in seen] == [b"{", None]
        assert seen[0].headers == (("ce_id", b"\xff"), ("x", None))

    async def test_an_exception_in_a_batch_handler_is_swallowed_and_the_position_moves_on(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        """Under MANUAL an escaping exception is a silent loss, so ours must let none escape."""
        topic = await new_topic(1)
        await send(kafka, topic, b"one", b"two")
        seen: list[bytes] = []

        async def handler(bodies: list[bytes]) -> None:
            seen.extend(bodies)
            if bodies == [b"one"]:
                raise RuntimeError

        async with subscribed(
            kafka, topic, group, handler, batch=True, max_records=1, ack_policy=AckPolicy.MANUAL
        ):
            await until(lambda: len(seen) == 2)

        assert seen == [b"one", b"two"]


class TestDefaults:
    async def test_a_new_group_misses_what_was_sent_before_it(
        self, kafka: str, new_topic: NewTopicWith, group: str
    ) -> None:
        topic = await new_topic(1)
        await send(kafka, topic, b"before")
        seen: list[bytes] = []

        async def handler(body: bytes) -> None:
            seen.append(body)

        async with subscribed(
            kafka, topic, group, handler, ack_policy=AckPolicy.ACK, auto_offset_reset="latest"
        ) as broker:
            assert KafkaBroker.subscriber.__kwdefaults__["auto_offset_reset"] == "latest"
            await until(lambda: bool(broker.subscribers[0].consumer.assignment()))
            await asyncio.sleep(0.5)
            await send(kafka, topic, b"after")
            await until(lambda: len(seen) > 0)

        assert seen == [b"after"]

    async def test_the_producer_waits_for_one_replica_unless_told_otherwise(self, kafka: str) -> None:
        broker = KafkaBroker(kafka, logger=None)
        async with broker:
            await broker.connect()
            assert broker.config.producer._producer.producer._sender._acks == 1
        idempotent = KafkaBroker(kafka, enable_idempotence=True, logger=None)
        async with idempotent:
            await idempotent.connect()
            assert idempotent.config.producer._producer.producer._sender._acks == -1

    async def test_publish_batch_puts_every_key_on_one_partition(
        self, kafka: str, new_topic: NewTopicWith
    ) -> None:
        topic = await new_topic(8)
        messages = [KafkaPublishMessage(b"x", key=f"key-{number}".encode()) for number in range(32)]
        async with KafkaBroker(kafka, logger=None) as broker:
            await broker.publish_batch(*messages, topic=topic)
            batched = await partitions_of(kafka, topic, 32)
            for message in messages:
                await broker.publish(b"x", topic=topic, key=message.key)
            single = await partitions_of(kafka, topic, 64) - batched

        assert len(batched) == 1
        assert len(single) > 1


async def test_the_in_memory_broker_redelivers_nothing() -> None:
    """TestKafkaBroker proves routing and schemas; never delivery."""
    broker = KafkaBroker(logger=None)
    tries: list[bytes] = []

    @broker.subscriber("anything", group_id="group", ack_policy=AckPolicy.NACK_ON_ERROR)
    async def fail(body: bytes) -> None:
        tries.append(body)
        raise RuntimeError

    async with TestKafkaBroker(broker) as running:
        with pytest.raises(RuntimeError):
            await running.publish(b"one", "anything")
        await asyncio.sleep(0.1)

    assert tries == [b"one"]
