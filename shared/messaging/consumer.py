"""The consume loop: FastStream fetches; here is decided what is done, put off or set aside, and committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER
from opentelemetry.trace import SpanKind, StatusCode

from shared.messaging import dead_letters, inbox, metrics
from shared.messaging.backoff import backoff
from shared.messaging.failures import PATIENCE, Verdict, describe, reason, verdict
from shared.messaging.login import OPEN, Login
from shared.messaging.progress import Progress
from shared.messaging.subscription import Effect, Item, Poison, Skipped, Subscription, read
from shared.messaging.watchdog import Watchdog
from shared.observability import traces
from shared.persistence.database import UNAVAILABLE, Connection, Database

log = structlog.get_logger()
_library_log = logging.getLogger("shangju.faststream")
_library_log.setLevel(logging.WARNING)


@dataclass(frozen=True)
class Pace:
    """How much and how long. `retry_cap_seconds` must stay below Kafka's max.poll.interval of 300 s.

    A partition that takes longer than `slow_seconds` is worked on apart while the others are fetched on. aiokafka asks
    a broker for one thing at a time: what comes to a partition that was just read waits until the broker has answered
    for the others, which it does after `fetch_wait_ms` at the latest.
    """

    batch_size: int = 500
    idle_poll_ms: int = 25
    fetch_wait_ms: int = 100
    slow_seconds: float = 1
    effect_seconds: float = 60
    retry_seconds: float = 0.2
    retry_cap_seconds: float = 30
    grace_seconds: float = 15
    probe_seconds: float = 5


@dataclass
class Trouble:
    """A record that failed: how often, and how often for a reason we have no name for.

    It is told by its offset, so nothing has to be forgotten when the partition goes to another member.
    """

    offset: int
    failures: int = 0
    unknown: int = 0


class Consumer:
    """One member of a consumer group."""

    def __init__(
        self,
        subscription: Subscription,
        *,
        bootstrap: str,
        database: Database,
        login: Login = OPEN,
        watchdog: Watchdog | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._subscription = subscription
        self._group = subscription.group
        self._database = database
        self._watchdog = watchdog or Watchdog()
        self._pace = pace or Pace()
        self._troubles: dict[TopicPartition, Trouble] = {}
        self._slow: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._progress = Progress(self._group)
        self._broker = KafkaBroker(
            bootstrap,
            security=login.security,
            consumer_only=True,
            allow_auto_create_topics=False,
            apply_types=False,
            graceful_timeout=self._pace.grace_seconds,
            logger=_library_log,
        )
        self._subscriber = self._broker.subscriber(
            *subscription.topics,
            group_id=self._group,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            batch=True,
            max_records=self._pace.batch_size,
            batch_timeout_ms=self._pace.idle_poll_ms,
            fetch_max_wait_ms=self._pace.fetch_wait_ms,
            parser=_unparsed,
            decoder=_undecoded,
        )
        self._subscriber(self._consume)

    async def run(self) -> None:
        """Consumes until cancelled; then what is in flight is finished and committed, or rolled back."""
        try:
            await self._start()
            while True:
                await asyncio.sleep(self._pace.probe_seconds)
                await self._probe()
        finally:
            self._stopping = True
            await _finished(self._slow, within_seconds=self._pace.grace_seconds)
            await self._broker.stop()

    async def _start(self) -> None:
        for failures in count():
            try:
                async with self._database.transaction() as tx:
                    await inbox.note_handlers(tx, self._group, self._subscription.types)
                await self._broker.start()
                return
            except (KafkaError, *UNAVAILABLE) as error:
                log.warning("consumer_waits", consumer=self._group, error=type(error).__name__)
                await self._broker.stop()
                await asyncio.sleep(backoff(failures, first_seconds=0.5, cap_seconds=10))

    async def _probe(self) -> None:
        """Tells the watchdog whether records wait that could be handled and are not."""
        try:
            async with asyncio.timeout(10):
                stalled = await self._progress.stands_still(self._kafka)
                async with self._database.reading() as connection:
                    await connection.execute("SELECT")
        except (KafkaError, *UNAVAILABLE):
            stalled = False
        self._watchdog.probe(stalled=stalled, who=self._group)

    @property
    def _kafka(self) -> AIOKafkaConsumer:
        return self._subscriber.consumer

    async def _consume(self, records: Sequence[ConsumerRecord]) -> None:
        """The handler. FastStream would swallow what it raises and fetch on, and so lose the batch."""
        batches = {
            TopicPartition(*place): list(batch)
            for place, batch in groupby(records, key=lambda record: (record.topic, record.partition))
        }
        works = {
            partition: asyncio.create_task(self._handle(partition, batch))
            for partition, batch in batches.items()
        }
        try:
            _, slow = await asyncio.wait(works.values(), timeout=self._pace.slow_seconds)
            if slow and self._stopping:
                await asyncio.wait(slow)
            for partition in [partition for partition, work in works.items() if not work.done()]:
                self._set_apart(partition, works.pop(partition))
            await self._commit({partition: work.result() for partition, work in works.items()})
        except asyncio.CancelledError:
            await _finished(works.values(), within_seconds=0)
            raise
        except Exception as error:
            self._give_up(error)

    def _set_apart(self, partition: TopicPartition, work: asyncio.Task[int]) -> None:
        """Fetches nothing more of this partition until its batch is done; the others need not wait for it."""
        with suppress(IllegalStateError):
            self._kafka.pause(partition)
        apart = asyncio.create_task(self._work_apart(partition, work))
        self._slow.add(apart)
        apart.add_done_callback(self._slow.discard)

    async def _work_apart(self, partition: TopicPartition, work: asyncio.Task[int]) -> None:
        try:
            await self._commit({partition: await work})
        except Exception as error:
            self._give_up(error)
        if partition not in self._troubles:
            self._resume(partition)

    def _give_up(self, error: Exception) -> None:
        self._watchdog.give_up("consume_loop_broken", who=self._group, error=describe(error))

    async def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Where each partition still ours stands. A commit that fails costs a second delivery, no more."""
        ours = {place: offset for place, offset in offsets.items() if place in self._kafka.assignment()}
        if not ours:
            return
        try:
            await self._kafka.commit(ours)
        except (KafkaError, IllegalStateError) as error:
            log.info("offset_commit_dropped", consumer=self._group, error=type(error).__name__)

    async def _handle(self, partition: TopicPartition, records: Sequence[ConsumerRecord]) -> int:
        """Handles what it can and returns the offset of the first record that is not done."""
        with self._progress.working_on(partition, records[0].offset):
            return await self._handle_batch(partition, records)

    async def _handle_batch(self, partition: TopicPartition, records: Sequence[ConsumerRecord]) -> int:
        items = [read(record, self._subscription) for record in records]
        try:
            await self._transact(items)
        except Exception as error:
            log.info("batch_taken_apart", consumer=self._group, topic=partition.topic, error=describe(error))
            return await self._handle_one_by_one(partition, items)
        self._done(partition, items)
        return self._end(items)

    async def _handle_one_by_one(self, partition: TopicPartition, items: Sequence[Item]) -> int:
        for item in items:
            try:
                settled = await self._settle(partition, item)
            except Exception as error:
                return self._put_off(partition, item.record.offset, error)
            self._done(partition, [settled])
        return self._end(items)

    @staticmethod
    def _end(items: Sequence[Item]) -> int:
        end: int = items[-1].record.offset + 1
        return end

    async def _settle(self, partition: TopicPartition, item: Item) -> Item:
        """Handles one record or sets it aside. Raises when it is to be tried again."""
        try:
            await self._transact([item])
        except Exception as error:
            kind = verdict(error)
            trouble = self._note(partition, item.record.offset, kind)
            if kind is Verdict.TRANSIENT or (kind is Verdict.UNKNOWN and trouble.unknown < PATIENCE):
                raise
            poison = Poison(item.record, reason(error), describe(error), trouble.failures)
            await self._transact([poison])
            return poison
        return item

    async def _transact(self, items: Sequence[Item]) -> None:
        """All of `items` in one transaction: the inbox first, then the effects in order."""
        if all(isinstance(item, Skipped) for item in items):
            return
        async with asyncio.timeout(self._pace.effect_seconds), self._database.transaction() as tx:
            events = {item.event_id: item.record.topic for item in items if isinstance(item, Effect)}
            fresh = await inbox.claim(tx, self._group, events)
            for item in items:
                match item:
                    case Effect() if item.event_id in fresh:
                        fresh.remove(item.event_id)
                        await self._apply(tx, item)
                    case Poison():
                        await dead_letters.write(tx, self._group, item)

    async def _apply(self, tx: Connection, effect: Effect) -> None:
        """Runs the handler as part of the trace that caused the event."""
        with (
            traces.tracer().start_as_current_span(
                f"{self._group} {effect.type}",
                context=traces.continued(effect.traceparent),
                kind=SpanKind.CONSUMER,
                attributes={"messaging.system": "kafka", "messaging.destination.name": effect.record.topic},
                record_exception=False,
                set_status_on_exception=False,
            ) as span,
            structlog.contextvars.bound_contextvars(
                trace_id=traces.trace_id(span),
                event_id=str(effect.event_id),
                event_type=effect.type,
                consumer=self._group,
            ),
        ):
            try:
                await effect.apply(tx)
            except Exception as error:
                span.set_status(StatusCode.ERROR, describe(error))
                raise

    def _done(self, partition: TopicPartition, items: Sequence[Item]) -> None:
        self._troubles.pop(partition, None)
        self._progress.handled(partition, records=len(items), sent_at_ms=items[-1].record.timestamp)
        for item in items:
            match item:
                case Effect():
                    metrics.HANDLED.labels(self._group, item.type, "handled").inc()
                case Skipped():
                    metrics.HANDLED.labels(self._group, item.type, "skipped").inc()
                case Poison():
                    metrics.HANDLED.labels(self._group, "", "dead_letter").inc()
                    metrics.DEAD_LETTERS.labels(self._group, partition.topic, item.reason).inc()
                    log.warning("dead_letter", consumer=self._group, reason=item.reason, error=item.error)

    def _note(self, partition: TopicPartition, offset: int, kind: Verdict) -> Trouble:
        trouble = self._troubles.get(partition)
        if trouble is None or trouble.offset != offset:
            trouble = self._troubles[partition] = Trouble(offset)
        trouble.failures += 1
        trouble.unknown += kind is Verdict.UNKNOWN
        return trouble

    def _put_off(self, partition: TopicPartition, offset: int, error: Exception) -> int:
        """Rewinds this partition and lets it rest; were it not ours any more, its owner would see to it."""
        trouble = self._troubles.get(partition, Trouble(offset, failures=1))
        delay = backoff(
            trouble.failures, first_seconds=self._pace.retry_seconds, cap_seconds=self._pace.retry_cap_seconds
        )
        metrics.RETRIES.labels(self._group, partition.topic, type(error).__name__).inc()
        log.warning(
            "partition_put_off",
            consumer=self._group,
            topic=partition.topic,
            partition=partition.partition,
            failures=trouble.failures,
            seconds=round(delay, 1),
            error=describe(error),
        )
        with suppress(IllegalStateError):
            self._kafka.pause(partition)
            self._kafka.seek(partition, offset)
            asyncio.get_running_loop().call_later(delay, self._resume, partition)
        return offset

    def _resume(self, partition: TopicPartition) -> None:
        if self._kafka is not None and partition in self._kafka.assignment():
            self._kafka.resume(partition)


async def _finished(tasks: Iterable[asyncio.Task[Any]], *, within_seconds: float) -> None:
    """Waits for them, and then for those it had to cancel to be rolled back."""
    if waited_for := list(tasks):
        _, late = await asyncio.wait(waited_for, timeout=within_seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _unparsed(records: tuple[ConsumerRecord, ...]) -> KafkaMessage:
    """In place of FastStream's parser, which decodes headers and so fails before any code of ours."""
    return KafkaMessage(raw_message=records, body=records, consumer=FAKE_CONSUMER)


async def _undecoded(message: KafkaMessage) -> object:
    return message.body
