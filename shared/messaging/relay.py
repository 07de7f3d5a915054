"""Carries the outbox to the bus: one active relay per database, in order, marked only after the broker's ack.

A crash at any point sends again what was sent; it never skips. Consumers' inboxes make the second harmless.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    InvalidProducerEpoch,
    KafkaError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerFenced,
    UnknownProducerId,
)
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder
from pydantic_core import from_json

from shared.messaging import metrics
from shared.messaging.login import OPEN, Login
from shared.messaging.watchdog import Watchdog
from shared.persistence.database import UNAVAILABLE, Connection

log = structlog.get_logger()

_LEADER = (0x5348, 0x52454C59)  # "SH", "RELY": the advisory lock whose holder is the relay of this database

_BROKEN_PRODUCER = (OutOfOrderSequenceNumber, UnknownProducerId, InvalidProducerEpoch, ProducerFenced)
"""The producer's session with the broker is beyond repair: it will refuse everything that follows (#1017)."""

_PARTITIONER = DefaultPartitioner()
"""Java's murmur2 of the key: what every other client would choose, and what earlier events were sent by."""

LARGEST_BYTES = 900_000
"""Below the broker's limit: an event too large is refused here, before it takes a sequence number, and so holds up
its own aggregate and no other.
"""

PAUSE_SECONDS = 1.0


class PublishingStopped(Exception):
    """The batch could not be sent whole; what was not marked is sent again on a fresh session."""


class Row(NamedTuple):
    """An event as the outbox keeps it; a tuple, for there are thousands a second."""

    position: int
    topic: str
    aggregate: bytes
    headers: list[tuple[str, bytes]]
    payload: bytes | None


@dataclass(frozen=True)
class Parcel:
    """Rows for one partition, in their order: the broker writes all of them or none."""

    partition: TopicPartition
    batch: BatchBuilder
    rows: list[Row] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Whether there was room for it; there is for a first one of any size."""
        taken = self.batch.append(timestamp=None, key=row.aggregate, value=row.payload, headers=row.headers)
        if taken is None:
            return False
        self.rows.append(row)
        return True


@dataclass(frozen=True)
class OutboxState:
    """What waits, for how long, and whether any relay is at work."""

    unpublished: int
    oldest_seconds: float
    relayed: bool


async def _nothing() -> None:
    """The fault point of a relay that is not under test."""


class Relay:
    """Publishes the outbox of one database for as long as it holds that database's relay lock."""

    def __init__(
        self,
        *,
        database_url: str,
        bootstrap: str,
        login: Login = OPEN,
        watchdog: Watchdog | None = None,
        batch_size: int = 1000,
        after_send: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        self._database_url = database_url
        self._bootstrap = bootstrap
        self._login = login
        self._watchdog = watchdog or Watchdog()
        self._batch_size = batch_size
        self._after_send = after_send
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """A hint that there is something to publish; the poll is the truth."""
        self._wake.set()

    async def run(self) -> None:
        """Relays until cancelled, through any outage of PostgreSQL or Kafka.

        One broken producer is replaced; a second in a row means that the client cannot recover, and the
        process ends.
        """
        broken = 0
        while True:
            try:
                await self._serve()
            except (KafkaError, PublishingStopped, *UNAVAILABLE) as error:
                cause = error.__cause__ or error
                log.warning("relay_interrupted", error=type(cause).__name__)
                broken = broken + 1 if isinstance(cause, _BROKEN_PRODUCER) else 0
            if broken > 1:
                self._watchdog.give_up("producer_broken", who="relay")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _serve(self) -> None:
        """One session with both sides.

        Everything runs on the connection that holds the lock: a relay that lost its connection has lost
        its office with it, and cannot mark.
        """
        async with _connected(self._database_url) as connection:
            while not await _is_leader(connection):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE_SECONDS)
            async with _producing(self._bootstrap, self._login) as producer:
                with metrics.RELAY_ACTIVE.track_inprogress():
                    await self._publish(connection, producer)

    async def _publish(self, connection: Connection, producer: AIOKafkaProducer) -> None:
        """Batch after batch; nothing of one is sent before all of the last is acknowledged."""
        idle_seconds, measured_at = 0.05, 0.0
        rows: Sequence[Row] = ()
        sent: Sequence[Row] = ()
        while True:
            self._wake.clear()
            rows, sent = await self._exchange(connection, producer, rows, sent)
            if time.monotonic() - measured_at > 5:
                await _measure(connection)
                measured_at = time.monotonic()
            if rows or sent:
                idle_seconds = 0.05
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(idle_seconds):
                    await self._wake.wait()
            idle_seconds = min(0.25, idle_seconds * 1.5)

    async def _exchange(
        self,
        connection: Connection,
        producer: AIOKafkaProducer,
        rows: Sequence[Row],
        sent: Sequence[Row],
    ) -> tuple[Sequence[Row], Sequence[Row]]:
        """Sends `rows`, and meanwhile marks those `sent` before and reads the next: what follows, and what was sent."""
        sending = asyncio.create_task(_send(producer, rows))
        try:
            await _mark(connection, sent)
            following = await _unpublished(connection, self._batch_size, but=rows)
            acknowledged, failure = await sending
        finally:
            sending.cancel()
        if rows:
            await self._after_send()
        if failure is not None:
            await _mark(connection, acknowledged)
            raise PublishingStopped from failure
        return following, acknowledged


async def _send(producer: AIOKafkaProducer, rows: Sequence[Row]) -> tuple[list[Row], Exception | None]:
    """The rows the broker has acknowledged, and the first failure.

    A partition's next parcel is sent only when its last one is acknowledged: were they in flight together,
    one could fail and the later be written first. Different partitions do not wait for each other.
    """
    partitions, failure = await _partitions(producer, {row.topic for row in rows})
    parcels, refused = _packed(rows, partitions, producer.create_batch)
    failure = failure or refused
    acknowledged: list[Row] = []
    for wave in zip_longest(*parcels.values()):
        ready = [parcel for parcel in wave if parcel is not None and parcel.partition in parcels]
        for parcel, outcome in zip(ready, await _send_wave(producer, ready), strict=True):
            if isinstance(outcome, Exception):
                del parcels[parcel.partition]
                failure = failure or outcome
            else:
                acknowledged += parcel.rows
    return acknowledged, failure


async def _partitions(
    producer: AIOKafkaProducer, topics: Iterable[str]
) -> tuple[dict[str, list[int]], Exception | None]:
    """Those of each topic that the broker knows of, and the first failure."""
    partitions: dict[str, list[int]] = {}
    failure: Exception | None = None
    for topic in topics:
        try:
            partitions[topic] = sorted(await producer.partitions_for(topic))
        except KafkaError as error:
            failure = failure or error
    return partitions, failure


def _packed(
    rows: Iterable[Row], partitions: Mapping[str, list[int]], new_batch: Callable[[], BatchBuilder]
) -> tuple[dict[TopicPartition, list[Parcel]], Exception | None]:
    """The rows by partition, in their order; one too large for the broker keeps its aggregate's next ones here."""
    parcels: dict[TopicPartition, list[Parcel]] = {}
    held: set[bytes] = set()
    for row in rows:
        if row.topic not in partitions or row.aggregate in held:
            continue
        if len(row.payload or b"") > LARGEST_BYTES:
            held.add(row.aggregate)
            continue
        there = partitions[row.topic]
        partition = TopicPartition(row.topic, _PARTITIONER(row.aggregate, there, there))
        packed = parcels.setdefault(partition, [])
        if not packed or not packed[-1].takes(row):
            packed.append(Parcel(partition, new_batch()))
            packed[-1].takes(row)
    return parcels, MessageSizeTooLargeError() if held else None


async def _send_wave(producer: AIOKafkaProducer, parcels: Sequence[Parcel]) -> list[object]:
    """Each parcel's outcome: the broker writes all of a parcel or nothing of it."""

    async def refused(error: Exception) -> None:
        raise error

    acks: list[Awaitable[object]] = []
    for parcel in parcels:
        try:
            acks.append(
                await producer.send_batch(
                    parcel.batch, parcel.partition.topic, partition=parcel.partition.partition
                )
            )
        except KafkaError as error:
            acks.append(refused(error))
    return await asyncio.gather(*acks, return_exceptions=True)


async def _is_leader(connection: Connection) -> bool:
    """Whether this connection holds the relay's lock, or took it now; polled, since waiting holds a snapshot."""
    mine: bool = await connection.fetchval("SELECT pg_try_advisory_lock($1, $2)", *_LEADER)
    return mine


async def _unpublished(connection: Connection, limit: int, *, but: Sequence[Row]) -> list[Row]:
    """The next rows to send, found by their mark: a cursor would pass over a position that commits late."""
    rows = await connection.fetch(
        """
        SELECT position, topic, aggregateid, headers, payload FROM outbox
        WHERE published_at IS NULL AND position <> ALL($2)
        ORDER BY position
        LIMIT $1
        """,
        limit,
        [row.position for row in but],
    )
    return [
        Row(
            row["position"],
            row["topic"],
            str(row["aggregateid"]).encode(),
            [(name, value.encode()) for name, value in from_json(row["headers"]).items()],
            row["payload"],
        )
        for row in rows
    ]


async def _mark(connection: Connection, acknowledged: Sequence[Row]) -> None:
    await connection.execute(
        "UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY($1)",
        [row.position for row in acknowledged],
    )
    for topic, published in Counter(row.topic for row in acknowledged).items():
        metrics.PUBLISHED.labels(topic).inc(published)


async def state(connection: Connection) -> OutboxState:
    """How the outbox of this database stands."""
    [row] = await connection.fetch(
        """
        SELECT count(*) AS unpublished,
               coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float AS oldest_seconds,
               EXISTS (
                   SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
                   WHERE locktype = 'advisory' AND datname = current_database() AND granted
                     AND (classid, objid, objsubid) = ($1, $2, 2)
               ) AS relayed
        FROM outbox WHERE published_at IS NULL
        """,
        *_LEADER,
    )
    return OutboxState(*row)


async def _measure(connection: Connection) -> None:
    now = await state(connection)
    metrics.OUTBOX_UNPUBLISHED.set(now.unpublished)
    metrics.OUTBOX_AGE.set(now.oldest_seconds)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Connection]:
    """Each statement is planned for its arguments: PostgreSQL hashes a list of positions only where it knows it."""
    connection = await asyncpg.connect(
        url, timeout=10, command_timeout=30, server_settings={"plan_cache_mode": "force_custom_plan"}
    )
    try:
        yield connection
    finally:
        with suppress(*UNAVAILABLE):
            await connection.close(timeout=2)


@asynccontextmanager
async def _producing(bootstrap: str, login: Login = OPEN) -> AsyncIterator[AIOKafkaProducer]:
    """An idempotent producer (acks=all), flushed on the way out as far as the broker lets it."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        **login.options,
        enable_idempotence=True,
        acks="all",
        max_batch_size=256 * 1024,
    )
    try:
        await producer.start()
        yield producer
    finally:
        with suppress(TimeoutError, KafkaError):
            async with asyncio.timeout(5):
                await producer.stop()
