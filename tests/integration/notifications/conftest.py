"""The service on a database of its own, with the people of 山北 and a mail server that can misbehave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from aiokafka import ConsumerRecord

from deploy.local.postgres import Postgres
from services.notifications import consumers, outgoing, use_cases
from services.notifications.settings import Settings
from services.notifications.use_cases import Times
from shared.access.door import Kit
from shared.contracts import alliance, contacts, topics
from shared.contracts.envelope import Contract, Envelope
from shared.ids import new_id
from shared.messaging import inbox
from shared.messaging.subscription import Effect, read
from shared.observability import traces
from shared.persistence.database import UNAVAILABLE, Database, open_database
from shared.persistence.migrate import migrate
from tests.support.http import SetClock, settings_for
from tests.support.tokens import ALLIANCE, verifier
from tests.unit.notifications.news import GU, LIN, MA, SUN, ZHOU, an_event

from .post_office import PostOffice
from .text_provider import TextProvider

MARCH = datetime(2026, 3, 5, 2, tzinfo=UTC)
ADDRESSES = {
    LIN: "lin@shanbei.example",
    SUN: "sun@shanbei.example",
    MA: "ma@shanbei.example",
    ZHOU: "zhou@shanbei.example",
    GU: "gu@shanbei.example",
}
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = 60) -> None:
    """Waits for what must become true, also while the database is away."""
    async with asyncio.timeout(seconds):
        while True:
            with suppress(*UNAVAILABLE):
                if await condition():
                    return
            await asyncio.sleep(0.02)


@dataclass
class World:
    """The service without its processes: records go in at the Kafka door, mails out at the post office."""

    url: str
    database: Database
    post: PostOffice
    texts: TextProvider
    settings: Settings
    clock: SetClock = field(default_factory=lambda: SetClock(MARCH))
    offsets: count[int] = field(default_factory=count)

    @property
    def kit(self) -> Kit:
        return Kit(self.database, self.clock, verifier(), self.settings)

    @property
    def times(self) -> Times:
        return Times(self.clock.now(), datetime.now(UTC), texts=True)

    async def hear(self, event: Contract, *, event_id: UUID | None = None) -> UUID:
        """What the consumer loop does with the record of this event."""
        envelope = Envelope(
            event_id or new_id(), "/services/tests", self.clock.now(), ALLIANCE, 1, event, TRACEPARENT
        )
        await self.hear_record(event.TOPIC, envelope.headers(), envelope.value())
        return envelope.id

    async def hear_tombstone(self, member_id: UUID) -> None:
        headers = {
            "ce_id": str(new_id()),
            "ce_subject": str(member_id),
            "ce_time": self.clock.now().isoformat(),
            "alliance_id": str(ALLIANCE),
        }
        await self.hear_record(topics.CONTACTS, headers, None)

    async def hear_record(self, topic: str, headers: dict[str, str], value: bytes | None) -> None:
        [subscription] = consumers.subscriptions(self.kit)
        encoded = tuple((name, text.encode()) for name, text in headers.items())
        record = ConsumerRecord(
            topic, 0, next(self.offsets), 0, 0, b"", value, None, 0, len(value or b""), encoded
        )
        item = read(record, subscription)
        assert isinstance(item, Effect), item
        span = traces.tracer().start_as_current_span("record", context=traces.continued(item.traceparent))
        async with self.database.transaction() as tx:
            if await inbox.claim(tx, subscription.group, {item.event_id: record.topic}):
                with span:
                    await item.apply(tx)

    async def people_arrive(self, *members: UUID) -> None:
        """They are registered, ZHOU as coordinator, and can be reached by mail."""
        for member_id in members or ADDRESSES:
            role = "coordinator" if member_id == ZHOU else "resident"
            await self.hear(
                alliance.MemberRegistered(
                    member_id=member_id, alliance_id=ALLIANCE, grants=(alliance.Grant(role=role),)
                )
            )
            await self.contact_arrives(member_id)

    async def contact_arrives(self, member_id: UUID, **changes: Any) -> None:
        known = {"display_name": "某某", "email": ADDRESSES[member_id]} | changes
        await self.hear(contacts.ContactChanged(member_id=member_id, alliance_id=ALLIANCE, **known))

    async def rows(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        async with self.database.reading() as connection:
            return [dict(row) for row in await connection.fetch(sql, *args)]

    async def count(self, sql: str, *args: Any) -> int:
        [row] = await self.rows(sql, *args)
        return int(row["count"])

    async def mails(self, channel: str = "mail") -> dict[UUID, str]:
        """Where each recipient's mail, or text, stands."""
        rows = await self.rows("SELECT recipient_id, state FROM deliveries WHERE channel = $1", channel)
        return {row["recipient_id"]: row["state"] for row in rows}

    async def told(self) -> list[tuple[UUID, str]]:
        """To whom the bus was told what of a mail, in order."""
        rows = await self.rows(
            """
            SELECT convert_from(payload, 'UTF8')::jsonb AS event FROM outbox
            WHERE type = 'cn.shangju.notifications.notice_delivered.v1' ORDER BY position
            """
        )
        events = [json.loads(row["event"]) for row in rows]
        return [(UUID(event["recipient_id"]), event["result"]) for event in events]

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """The worker's mail jobs, running."""
        jobs = [
            asyncio.create_task(job(self.kit))
            for job in (outgoing.send_mails, outgoing.send_texts, outgoing.settle_abandoned)
        ]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            results = await asyncio.gather(*jobs, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results), results

    async def settled(self, **states: int) -> None:
        """Waits until so many mails are accepted, failed, unknown."""

        async def reached() -> bool:
            found = list((await self.mails()).values())
            return all(found.count(state) == number for state, number in states.items())

        await until(reached)

    async def settled_all(self, number: int) -> None:
        """Waits until so many mails are accepted, to whomever."""
        sql = "SELECT count(*) AS count FROM deliveries WHERE channel = 'mail' AND state = 'accepted'"

        async def reached() -> bool:
            return await self.count(sql) == number

        await until(reached)

    async def abandon(self, *, after: timedelta = timedelta()) -> None:
        """What the settling job would do, this much later by the machine's time."""
        times = Times(self.clock.now(), datetime.now(UTC) + after, texts=True)
        async with self.database.transaction() as tx:
            while await use_cases.settle_abandoned(tx, times):
                pass


def the_case(contract: type[Contract], **changes: Any) -> Any:
    """An event of the one case, in the alliance of these tests."""
    return an_event(contract, alliance_id=ALLIANCE, **changes)


EMPTY_ALL_TABLES = """
    SET session_replication_role = replica;
    DO $$
    DECLARE one text;
    BEGIN
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_pogo_migration'
        LOOP EXECUTE format('DELETE FROM public.%I', one);
        END LOOP;
    END $$
"""


@pytest.fixture(scope="session")
async def notifications_url(postgres: Postgres) -> str:
    url = await postgres.create_database("notifications_tests")
    await migrate("notifications", url)
    return url


@pytest.fixture
async def world(notifications_url: str) -> AsyncIterator[World]:
    """An empty one: a database for each would be a hundred thousand files by the end of the run."""
    url = notifications_url
    await _emptied(url)
    async with (
        PostOffice().open() as post,
        TextProvider().open() as texts,
        open_database(url) as database,
    ):
        settings = settings_for(
            Settings,
            url,
            smtp_port=post.port,
            smtp_answer_seconds=1,
            **texts.settings,
            mail_from="商居联盟 <no-reply@shangju.example>",
            public_url="https://shangju.example",
        )
        yield World(url, database, post, texts, settings)


async def _emptied(url: str) -> None:
    """Forgets all rows, in whatever order the tables refer to each other."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(EMPTY_ALL_TABLES)
    finally:
        await connection.close()


@pytest.fixture
async def connection(world: World) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the test's own, beside the service's."""
    own = await asyncpg.connect(world.url)
    try:
        yield own
    finally:
        await own.close()
