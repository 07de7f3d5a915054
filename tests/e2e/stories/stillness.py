"""When a story's step has had all its effects: nothing due, nothing unsent, nothing unread, no mail on its way.

What was not sent is proven by looking after everything has come to rest, not by waiting a while.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient

from cli.inside import database_of, subscriptions_of
from cli.running import BUS_SERVICES, Running
from services.notifications.quiet import EVEN_AT_NIGHT, hours_on, table
from shared.clock import DevelopmentClock
from shared.contracts.topics import TOPICS
from shared.persistence.database import Database

PATIENCE_SECONDS = 60.0

_OPEN = """
    SELECT (SELECT count(*) FROM timers WHERE fired_at IS NULL AND due_at <= $1)
         + (SELECT count(*) FROM outbox WHERE published_at IS NULL)
"""
_MAILS = """
    SELECT count(*) FROM deliveries JOIN notices ON notices.id = notice_id
                        JOIN contacts ON contacts.member_id = deliveries.recipient_id
    WHERE state = 'sending'
       OR (state = 'pending' AND channel = 'mail' AND email IS NULL AND phone IS NOT NULL)
       OR (state = 'pending' AND CASE channel WHEN 'mail' THEN email WHEN 'sms' THEN phone END IS NOT NULL
           AND (kind = ANY ($1) OR NOT $2))
"""
_NIGHT = hours_on(date(2026, 3, 1), table())
"""In which mails may rest till the morning; no alliance of the stories sets other hours."""


@dataclass(frozen=True)
class Stillness:
    """What has to be looked at, held open for the length of the run."""

    databases: Mapping[str, Database]
    groups: Mapping[str, tuple[str, ...]]
    consumer: AIOKafkaConsumer
    admin: AIOKafkaAdminClient
    clock: DevelopmentClock

    async def reached(self) -> None:
        """Returns when all is at rest. Raises TimeoutError with what is not."""
        stirring: list[str] = []
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while stirring := await self._stirring():  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise TimeoutError(f"not at rest after {PATIENCE_SECONDS:.0f} s: {stirring}") from None

    async def _stirring(self) -> list[str]:
        """What still moves.

        Rows are looked at before the topics, so that what left the one has reached the other; and once more
        after them, as an effect may leave rows of its own.
        """
        before = await self._positions()
        rows = await self._open_rows()
        unread = await self._unread()
        rows |= await self._open_rows()
        mails = await self._count("notifications", _MAILS, EVEN_AT_NIGHT, _NIGHT.hold(self.clock.now()))
        moved = before != await self._positions()
        return [
            *sorted(f"{name}: timers or outbox" for name in rows),
            *(["records unread"] if unread else []),
            *(["mails"] if mails else []),
            *(["something was just said"] if moved else []),
        ]

    async def _open_rows(self) -> set[str]:
        now = self.clock.now()
        return {name for name in self.databases if await self._count(name, _OPEN, now)}

    async def _positions(self) -> list[int]:
        return [
            await self._count(name, "SELECT coalesce(max(position), 0) FROM outbox")
            for name in self.databases
        ]

    async def _count(self, name: str, sql: str, *args: object) -> int:
        async with self.databases[name].reading() as connection:
            found: int = await connection.fetchval(sql, *args)
            return found

    async def _unread(self) -> bool:
        ends = await self.consumer.end_offsets(self.consumer.assignment())
        for group, names in self.groups.items():
            done = await self.admin.list_consumer_group_offsets(group)
            for partition, end in ends.items():
                if partition.topic in names and end > (done[partition].offset if partition in done else 0):
                    return True
        return False


@asynccontextmanager
async def stillness_of(where: Running, clock_file: Path) -> AsyncIterator[Stillness]:
    """For the system that runs there."""
    async with AsyncExitStack() as stack:
        databases = {name: await stack.enter_async_context(database_of(name, where)) for name in BUS_SERVICES}
        groups: dict[str, tuple[str, ...]] = {}
        for name in BUS_SERVICES:
            groups |= {one.group: tuple(one.topics) for one in await subscriptions_of(name, where)}
        consumer = AIOKafkaConsumer(
            *(topic.name for topic in TOPICS),
            bootstrap_servers=where.kafka_bootstrap,
            group_id=None,
            enable_auto_commit=False,
        )
        await consumer.start()
        stack.push_async_callback(consumer.stop)
        consumer.pause(*consumer.assignment())  # a fetch that waits for records would hold up every question
        admin = AIOKafkaAdminClient(bootstrap_servers=where.kafka_bootstrap)
        await admin.start()
        stack.push_async_callback(admin.close)
        yield Stillness(databases, groups, consumer, admin, DevelopmentClock(clock_file))
