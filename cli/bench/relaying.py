"""The relay emptying a full outbox, beside a bare idempotent producer sending the same bytes."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaProducer

from cli.bench.figures import Comparison, Series
from shared.messaging.relay import Relay
from shared.persistence.database import Connection

_ANY_LEFT = "SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"


@dataclass(frozen=True)
class Message:
    """An event as it crosses the wire."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


async def compare(database_url: str, bootstrap: str, *, events: int, runs: int) -> Comparison:
    """Over `events` events with the bytes of those that the filings left behind, each of another case."""
    connection = await asyncpg.connect(database_url)
    try:
        await _fill(connection, events)
        await _drained(connection, database_url, bootstrap)
        messages = await _messages(connection, events)
        gc.freeze()  # a relay's own process does not hold them, and would not look through them for garbage
        ours, ceiling = [], []
        for _ in range(runs):
            await _refill(connection, len(messages))
            ours.append(len(messages) / await _drained(connection, database_url, bootstrap))
            ceiling.append(len(messages) / await sent_bare(messages, bootstrap))
    finally:
        await connection.close()
    return Comparison(
        "relay",
        f"the relay: {len(messages):,} events read from the outbox, sent in order, acknowledged, marked",
        "aiokafka's idempotent producer, acks=all: the same keys, headers and bytes, acknowledged",
        Series(tuple(ours)),
        Series(tuple(ceiling)),
    )


async def _messages(connection: Connection, events: int) -> list[Message]:
    rows = await connection.fetch(
        "SELECT topic, aggregateid, payload, headers FROM outbox ORDER BY position DESC LIMIT $1", events
    )
    return [
        Message(
            row["topic"],
            str(row["aggregateid"]).encode(),
            row["payload"],
            [(name, value.encode()) for name, value in json.loads(row["headers"]).items()],
        )
        for row in rows
    ]


async def _fill(connection: Connection, events: int) -> None:
    await connection.execute(
        """
        INSERT INTO outbox (id, topic, aggregatetype, aggregateid, type, headers, payload)
        SELECT uuidv7(), topic, aggregatetype, uuidv7(), type, headers, payload
        FROM outbox CROSS JOIN generate_series(1, $1)
        LIMIT $1
        """,
        events,
    )


async def _refill(connection: Connection, events: int) -> None:
    await connection.execute(
        """
        UPDATE outbox SET published_at = NULL
        WHERE position IN (SELECT position FROM outbox ORDER BY position DESC LIMIT $1)
        """,
        events,
    )
    await connection.execute("VACUUM ANALYZE outbox")


async def _drained(connection: Connection, database_url: str, bootstrap: str) -> float:
    """Seconds from the relay's first sight of the outbox until nothing is left in it."""
    relaying = asyncio.create_task(Relay(database_url=database_url, bootstrap=bootstrap).run())
    try:
        began = time.perf_counter()
        while await connection.fetchval(_ANY_LEFT):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return time.perf_counter() - began
    finally:
        relaying.cancel()
        await asyncio.gather(relaying, return_exceptions=True)


async def sent_bare(messages: list[Message], bootstrap: str) -> float:
    """Seconds until the broker has acknowledged all of them."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, enable_idempotence=True, acks="all", max_batch_size=256 * 1024
    )
    began = time.perf_counter()
    await producer.start()
    try:
        acks = [
            await producer.send(message.topic, message.value, key=message.key, headers=message.headers)
            for message in messages
        ]
        await asyncio.gather(*acks)
        return time.perf_counter() - began
    finally:
        await producer.stop()
