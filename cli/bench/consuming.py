"""A consumer reading a full topic to its end, beside pgbench running the same SQL in batches as large."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import asyncpg

from cli.bench import batched, pgbench
from cli.bench.batched import Batch
from cli.bench.figures import Comparison, Series
from cli.bench.filing import POOL_WORK
from cli.bench.pgbench import Sent
from cli.bench.relaying import Message, sent_bare
from cli.inside import service, settings_of
from cli.running import Running
from shared.contracts.complaints import CaseFiled
from shared.ids import new_id
from shared.messaging import metrics
from shared.messaging.consumer import Consumer
from shared.observability import traces
from shared.persistence.database import Database, open_database
from shared.service import make_kit

READER = "notifications"
LOOK_SECONDS = 0.01

_FILED = (
    "SELECT topic, headers, payload, aggregateid FROM outbox WHERE type = $1 ORDER BY position DESC LIMIT 1"
)
_FIRST_CLAIMED = "SELECT min(handled_at) FROM inbox WHERE handled_at > $1"


@dataclass(frozen=True)
class Pass:
    """One reading of the topic from where the last one ended."""

    seconds: float
    processor_seconds: float


class Heard:
    """What a consumer was heard to send over each of its connections."""

    def __init__(self) -> None:
        self._sent: dict[int, list[Sent]] = defaultdict(list)

    async def listen(self, connection: Any) -> None:
        """To be called with each new connection of a pool."""
        sent = self._sent[id(connection)]

        def hear(record: Any) -> None:
            if not any(word in record.query for word in POOL_WORK):
                sent.append(Sent(record.query, record.args))

        connection.add_query_logger(hear)

    def batches(self) -> list[list[Batch]]:
        """Those of each connection that had any."""
        return [found for sent in self._sent.values() if (found := list(batched.batches(sent)))]


async def compare(where: Running, *, events: int, runs: int, seconds: int, scratch: Path) -> Comparison:
    """Over filings with the bytes of the last one, each of another case, that are put before everybody concerned."""
    traces.configure(service=READER, process="bench", otlp_endpoint="")
    url = where.database_url(READER)
    filed = await _last_filed(where.database_url("complaints"))
    file = scratch / "consuming.sql"
    heard = await _listened(where, filed, events)
    batches = [batch for of_one in heard for batch in of_one]
    size = round(mean(len(batch.messages) for batch in batches))
    await _write_script(url, batches, file, size=size)
    passes, ceiling = [], []
    for number in range(runs):
        async with open_database(url) as database:
            passes.append(await _pass(where, database, _others(filed, events)))
        rate = await pgbench.run(
            url, file, clients=len(heard), seconds=seconds, base=number * 10**10, protocol="simple"
        )
        ceiling.append(rate * size)
    return Comparison(
        "inbox and effect",
        f"the consumer of {READER}: {events:,} filings read from the full topic, claimed in the inbox and put before "
        f"the filer and the coordinators, in batches of {size}",
        f"pgbench, {len(heard)} clients as the consumer was heard to have, the same statements with the same rows, "
        f"{size} messages in each transaction",
        Series(tuple(events / one.seconds for one in passes)),
        Series(tuple(ceiling)),
        {
            "messages_per_transaction": size,
            "processor_ms_per_message": round(
                sum(one.processor_seconds for one in passes) / (events * runs) * 1000, 2
            ),
        },
    )


async def _last_filed(url: str) -> Message:
    connection = await asyncpg.connect(url)
    try:
        [row] = await connection.fetch(_FILED, CaseFiled.TYPE)
    finally:
        await connection.close()
    headers = [(name, value.encode()) for name, value in json.loads(row["headers"]).items()]
    return Message(row["topic"], str(row["aggregateid"]).encode(), row["payload"], headers)


def _others(filed: Message, events: int) -> list[Message]:
    """As many of other cases, which differ in nothing but their ids."""
    return [_another(filed) for _ in range(events)]


def _another(filed: Message) -> Message:
    key = str(new_id()).encode()
    fresh = dict(filed.headers) | {"ce_id": str(new_id()).encode(), "ce_subject": key}
    return Message(filed.topic, key, filed.value.replace(filed.key, key), list(fresh.items()))


async def _listened(where: Running, filed: Message, events: int) -> list[list[Batch]]:
    """What the consumer of so many messages says to the database, over each of its connections."""
    heard = Heard()
    pool = await asyncpg.create_pool(where.database_url(READER), min_size=1, max_size=8, init=heard.listen)
    try:
        await _pass(where, Database(pool), _others(filed, events))
    finally:
        await pool.close()
    return heard.batches()


async def _write_script(url: str, batches: list[Batch], file: Path, *, size: int) -> None:
    largest = max(batches, key=lambda batch: len(batch.messages))
    connection = await asyncpg.connect(url)
    try:
        file.write_text(await batched.script(connection, largest, size=size))  # noqa: ASYNC240
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _pass(where: Running, database: Database, messages: list[Message]) -> Pass:
    """From the claim of the first message until the effect of the last is committed."""
    await sent_bare(messages, where.kafka_bootstrap)
    wanted, before = _handled() + len(messages), datetime.now(UTC)
    used = time.process_time()
    async with _reading(where, database):
        while _handled() < wanted:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
        ended, used = datetime.now(UTC), time.process_time() - used
    async with database.reading() as connection:
        began: datetime = await connection.fetchval(_FIRST_CLAIMED, before)
    return Pass((ended - began).total_seconds(), used)


@asynccontextmanager
async def _reading(where: Running, database: Database) -> AsyncIterator[None]:
    """A member of the service's group in this process, wired as in the service's own."""
    settings = settings_of(READER, where)
    [subscription] = service(READER).subscriptions(make_kit(settings, database))
    consumer = Consumer(subscription, bootstrap=where.kafka_bootstrap, database=database)
    reading = asyncio.create_task(consumer.run())
    try:
        yield
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def _handled() -> float:
    """How many filings' effects this process has committed."""
    wanted = {"group": READER, "type": CaseFiled.TYPE, "result": "handled"}
    [metric] = metrics.HANDLED.collect()
    return sum(one.value for one in metric.samples if one.name.endswith("_total") and one.labels == wanted)
