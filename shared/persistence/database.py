"""One pool per process. The door that received a command owns its transaction; nobody else commits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what asyncpg 0.32 raises when a terminated connection is used at once
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
"""The database is away or going away: the outcome of a commit is unknown, and trying again is right."""


class Database:
    """The service's own database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All of it or nothing, at READ COMMITTED: writers lock their aggregate's row first."""
        async with self._pool.acquire() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection for queries, each its own snapshot."""
        async with self._pool.acquire() as connection:
            yield connection

    async def close(self) -> None:
        """Waits for running queries."""
        await self._pool.close()


@asynccontextmanager
async def open_database(url: str, *, max_size: int = 8) -> AsyncIterator[Database]:
    """The pool for as long as the process serves.

    An abandoned transaction would hold locks and, over the snapshot horizon, all vacuuming: the server
    ends it after 30 s.
    """
    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=max_size,
        command_timeout=30,
        server_settings={"timezone": "UTC", "idle_in_transaction_session_timeout": "30s"},
    )
    database = Database(pool)
    try:
        yield database
    finally:
        await database.close()
