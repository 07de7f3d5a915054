"""A small bus of its own for each test: a topic, a database with one table of effects, and what runs on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from inspect import isawaitable
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from pogo_core.util import migrate as pogo

from shared.contracts.complaints import OccurrenceLogged
from shared.contracts.envelope import Contract, Envelope
from shared.ids import new_id
from shared.messaging.consumer import Consumer, Pace
from shared.messaging.relay import Relay
from shared.messaging.subscription import Handler, Subscription
from shared.messaging.watchdog import Watchdog
from shared.persistence.database import Connection, Database, open_database
from shared.settings import BrokerSettings

ALLIANCE = uuid4()
BRISK = Pace(
    slow_seconds=0.1,
    retry_seconds=0.05,
    retry_cap_seconds=0.2,
    grace_seconds=0.5,
    probe_seconds=0.2,
    idle_poll_ms=10,
)


async def until(condition: Callable[[], Any], seconds: float = 60) -> None:
    """Waits for what must become true; `condition` may have to be awaited."""
    async with asyncio.timeout(seconds):
        while True:
            holds = condition()
            if await holds if isawaitable(holds) else holds:
                return
            await asyncio.sleep(0.02)


def an_event(case: UUID | None = None, *, version: int = 1, data: Contract | None = None) -> Envelope:
    """'It happened again' in some case."""
    happened = OccurrenceLogged(
        case_id=case or uuid4(),
        alliance_id=ALLIANCE,
        reference="SJ-1",
        category="noise",
        subcategory="music",
        stage="hear",
        status="open",
    )
    return Envelope(new_id(), "/services/test", datetime.now(UTC), ALLIANCE, version, data or happened)


async def log_effect(tx: Connection, event: Envelope) -> None:
    """The effect of these tests: a row that would be there twice if it happened twice."""
    await tx.execute(
        "INSERT INTO effects (event_id, key, version) VALUES ($1, $2, $3)",
        event.id,
        event.data.key,
        event.aggregate_version,
    )


@dataclass
class Bus:
    kafka: str
    url: str
    database: Database
    topic: str
    group: str
    exits: list[int] = field(default_factory=list)
    """The codes with which a process would have ended."""

    @property
    def settings(self) -> BrokerSettings:
        """As the command line is told of the broker."""
        return BrokerSettings(kafka_bootstrap=self.kafka)

    async def send(self, *events: Envelope, partition: int | None = None) -> None:
        """Puts events on the topic as a relay would."""
        async with AIOKafkaProducer(bootstrap_servers=self.kafka, acks="all") as producer:
            for event in events:
                headers = [(name, value.encode()) for name, value in event.headers().items()]
                await producer.send_and_wait(
                    self.topic,
                    event.value(),
                    key=event.subject.encode(),
                    headers=headers,
                    partition=partition,
                )

    async def send_raw(self, value: bytes | None, headers: Any, *, partition: int = 0, **more: Any) -> None:
        async with AIOKafkaProducer(bootstrap_servers=self.kafka, **more) as producer:
            await producer.send_and_wait(self.topic, value, key=b"key", headers=headers, partition=partition)

    async def store(self, *events: Envelope, tx: Connection | None = None) -> None:
        """Puts events in the outbox, as a use case does."""
        if tx is None:
            async with self.database.transaction() as own:
                return await self.store(*events, tx=own)
        for event in events:
            await tx.execute(
                """
                INSERT INTO outbox (id, topic, aggregatetype, aggregateid, type, headers, payload)
                VALUES ($1, $2, 'case', $3, $4, $5, $6)
                """,
                event.id,
                self.topic,
                event.data.key,
                event.type,
                event.headers_json,
                event.value(),
            )
        return None

    async def fetch(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        async with self.database.reading() as connection:
            return await connection.fetch(sql, *arguments)

    async def effects(self) -> list[UUID]:
        """The events whose effect is committed, in order, as often as it is."""
        return [row["event_id"] for row in await self.fetch("SELECT event_id FROM effects ORDER BY place")]

    async def letters(self) -> list[asyncpg.Record]:
        return await self.fetch('SELECT * FROM dead_letters ORDER BY "offset"')

    async def has_effects(self, number: int) -> None:
        async def enough() -> bool:
            return len(await self.effects()) >= number

        await until(enough)

    async def records(self, number: int) -> list[ConsumerRecord]:
        """The first records of the topic."""
        async with AIOKafkaConsumer(
            self.topic, bootstrap_servers=self.kafka, auto_offset_reset="earliest"
        ) as consumer:
            return [await asyncio.wait_for(consumer.getone(), 60) for _ in range(number)]

    async def committed(self, partition: int = 0) -> int | None:
        async with AIOKafkaConsumer(
            bootstrap_servers=self.kafka, group_id=self.group, enable_auto_commit=False
        ) as consumer:
            offset: int | None = await consumer.committed(TopicPartition(self.topic, partition))
            return offset

    async def rewind_group(self) -> None:
        """Lets the group begin again, as after a loss of its offsets."""
        async with AIOKafkaConsumer(
            self.topic, bootstrap_servers=self.kafka, group_id=self.group, enable_auto_commit=False
        ) as consumer:
            await until(consumer.assignment)
            await consumer.commit(dict.fromkeys(consumer.assignment(), 0))

    def subscription(self, handler: Handler = log_effect, **more: Any) -> Subscription:
        return Subscription(
            self.group, (self.topic,), **{"handlers": {OccurrenceLogged.TYPE: handler}, **more}
        )

    def consumer(self, handler: Handler | Subscription = log_effect, pace: Pace = BRISK) -> Consumer:
        subscription = handler if isinstance(handler, Subscription) else self.subscription(handler)
        return Consumer(
            subscription,
            bootstrap=self.kafka,
            database=self.database,
            watchdog=Watchdog(exit=self.exits.append),
            pace=pace,
        )

    def relay(self, **more: Any) -> Relay:
        return Relay(
            database_url=self.url, bootstrap=self.kafka, watchdog=Watchdog(exit=self.exits.append), **more
        )


class Runs(Protocol):
    async def run(self) -> None: ...


@asynccontextmanager
async def running(*members: Runs) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Lets them run, and stops them as a worker stops: by cancelling."""
    tasks = [asyncio.create_task(member.run()) for member in members]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


NewBus = Callable[[int], Awaitable[Bus]]


@pytest.fixture
async def new_bus(kafka: str, postgres: Any) -> AsyncIterator[NewBus]:
    """A bus with as many partitions as asked for. No test may end a process by the way."""
    databases, buses = [], []

    async def create(partitions: int = 1) -> Bus:
        name = f"bus_{uuid4().hex[:12]}"
        url = await postgres.create_database(name)
        await _prepare(url)
        opened = open_database(url, max_size=6)
        databases.append(opened)
        await create_topic(kafka, name, partitions)
        buses.append(Bus(kafka, url, await opened.__aenter__(), name, name))
        return buses[-1]

    yield create
    assert [bus.exits for bus in buses] == [[]] * len(buses)
    for opened in databases:
        await opened.__aexit__(None, None, None)


@pytest.fixture
async def bus(new_bus: NewBus) -> Bus:
    return await new_bus(1)


async def create_topic(kafka: str, name: str, partitions: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, partitions, 1)])
    finally:
        await admin.close()


async def _prepare(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await pogo.apply(
            connection, Path(str(resources.files("shared.persistence") / "migrations")), schema_name="shared"
        )
        await connection.execute(
            """
            CREATE TABLE effects (
                place    bigint GENERATED ALWAYS AS IDENTITY,
                event_id uuid NOT NULL,
                key      uuid NOT NULL,
                version  integer NOT NULL
            )
            """
        )
    finally:
        await connection.close()
