"""One moment of all databases, and PostgreSQL's own programs to carry it to files and back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from cli.running import NotHere
from deploy.local.postgres import PROGRAMS, WHEEL_SITE
from shared.persistence.database import Connection

PATIENCE = "20s"
"""How long running transactions may keep the moment waiting, and it those that come after."""


@asynccontextmanager
async def one_moment(urls: Mapping[str, str]) -> AsyncIterator[dict[str, str]]:
    """A snapshot's id for each database, all of a moment at which no event was being written or taken anywhere.

    So whatever has an effect in one of them has its cause in another. The inbox is locked first, as a consumer
    takes it first. Writers wait for the moment alone, not for what is then done with it.
    """
    async with AsyncExitStack() as stack:
        holding = {name: await stack.enter_async_context(_connected(url)) for name, url in urls.items()}
        reading = {name: await stack.enter_async_context(_connected(url)) for name, url in urls.items()}
        for connection in reading.values():
            await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for connection in holding.values():
            await connection.execute(
                f"BEGIN; SET LOCAL lock_timeout = '{PATIENCE}'; "
                "LOCK TABLE inbox IN SHARE MODE; LOCK TABLE outbox IN SHARE MODE"
            )
        snapshots = {
            name: await connection.fetchval("SELECT pg_export_snapshot()")
            for name, connection in reading.items()
        }
        for connection in holding.values():
            await connection.execute("ROLLBACK")
        yield snapshots


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(url, server_settings={"idle_in_transaction_session_timeout": "0"})
    try:
        yield connection
    finally:
        await connection.close()


async def dump(url: str, snapshot: str, file: Path) -> None:
    """What the snapshot saw, in pg_restore's own format."""
    await _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")


async def bring_back(url: str, file: Path) -> None:
    """Makes the database what the file holds, and nothing besides."""
    async with _connected(url) as connection:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await _run(
        "pg_restore",
        url,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        str(file),
    )


async def require_alone(name: str, url: str) -> None:
    """Raises NotHere while anybody else is connected: a service at work would mix two histories."""
    async with _connected(url) as connection:
        others: int = await connection.fetchval(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend'
              AND pid <> pg_backend_pid()
            """
        )
    if others:
        raise NotHere(f"{others} connections to the database of {name}: stop its processes first")


async def _run(program: str, url: str, *options: str) -> None:
    """The password goes by the environment, where the list of processes does not show it."""
    address, password = _without_password(url)
    process = await asyncio.create_subprocess_exec(
        str(WHEEL_SITE / PROGRAMS / "bin" / program),
        f"--dbname={address}",
        *options,
        env={**os.environ, "PGPASSWORD": password},
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    if process.returncode != 0:
        raise NotHere(f"{program} failed: {errors.decode(errors='replace').strip()[-2000:]}")


def _without_password(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return urlunsplit(parts._replace(netloc=f"{name}{at}{host}")), unquote(password)
