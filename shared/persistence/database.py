"""One pool per process. The door that received a command owns its transaction; nobody else commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
    asyncpg.InsufficientResourcesError,  # its disk is full, its memory, its list of connections
)
"""The database is away or going away: the outcome of a commit is unknown, and trying again is right."""

MEMBER = "shangju_member"
"""The role a process takes while it works for somebody signed in: row-level security holds for it, and does not for the
owner of the tables, who works for everybody (events, timers, personal links).
"""
_works_for: ContextVar[str | None] = ContextVar("works_for", default=None)


@contextmanager
def working_for_everybody() -> Iterator[None]:
    """Until it is known who asks, and again afterwards."""
    token = _works_for.set(None)
    try:
        yield
    finally:
        _works_for.reset(token)


def work_for(alliance_id: UUID | None) -> None:
    """From here on this request finds words and names of this alliance alone; none at all where it is None."""
    _works_for.set(str(alliance_id or ""))


class Database:
    """The service's own database. Whoever asks is of an alliance, and the database itself keeps to it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All of it or nothing, at READ COMMITTED: writers lock their aggregate's row first."""
        async with self.reading() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection for queries, each its own snapshot."""
        works_for = _works_for.get()
        async with self._pool.acquire() as connection:
            await connection.fetchval(_ROLE, "none" if works_for is None else MEMBER, works_for or "")
            yield connection

    async def close(self) -> None:
        """Waits for running queries."""
        await self._pool.close()


_ROLE = "SELECT set_config('role', $1, false), set_config('shangju.alliance', $2, false)"


async def _as_it_is(_: Any) -> None:
    """Whoever takes a connection says for whom it works, and nothing else is ever set: there is nothing to undo."""


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
        reset=_as_it_is,
        server_settings={"timezone": "UTC", "idle_in_transaction_session_timeout": "30s"},
    )
    database = Database(pool)
    try:
        yield database
    finally:
        await database.close()
