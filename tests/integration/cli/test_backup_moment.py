"""The moment of a backup: whatever one database holds as an effect, another holds as its cause."""

from __future__ import annotations

import asyncio
from itertools import count
from uuid import uuid4

import asyncpg

from cli.backup.dumping import one_moment
from deploy.local.postgres import Postgres


async def seen(url: str, snapshot: str, table: str) -> set[int]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        await connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        return {row["id"] for row in await connection.fetch(f"SELECT id FROM {table}")}
    finally:
        await connection.close()


async def test_given_events_under_way_when_a_moment_is_taken_then_no_effect_is_without_its_cause(
    postgres: Postgres,
) -> None:
    urls = {
        name: await postgres.create_database(f"{name}_{uuid4().hex[:8]}") for name in ("causes", "effects")
    }
    connections = {name: await asyncpg.connect(url) for name, url in urls.items()}
    for connection in connections.values():
        await connection.execute("CREATE TABLE outbox (id integer); CREATE TABLE inbox (id integer)")

    async def work() -> None:
        for number in count():
            await connections["causes"].execute("INSERT INTO outbox VALUES ($1)", number)
            await connections["effects"].execute("INSERT INTO inbox VALUES ($1)", number)

    working = asyncio.create_task(work())
    for _ in range(40):
        async with one_moment(urls) as snapshots:
            effects = await seen(urls["effects"], snapshots["effects"], "inbox")
            causes = await seen(urls["causes"], snapshots["causes"], "outbox")
        assert effects <= causes
    assert effects
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    for connection in connections.values():
        await connection.close()
