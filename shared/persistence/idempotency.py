"""The same request sent twice is done once, and both times answered with the same bytes.

Stripe's semantics: the answer is saved in the transaction of the effect, belongs to the caller, and is kept
for seven days. Another request under the same key is refused (422), one still in flight too (409).
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from shared.clock import Clock
from shared.errors import Refused
from shared.persistence.database import Connection, Database
from shared.persistence.sweeping import hourly

KEPT = timedelta(days=7)


class KeyInFlight(Refused):
    """The first request under this key has not been answered yet; trying again is safe."""

    def __init__(self) -> None:
        super().__init__("key_in_flight")


class KeyReused(Refused):
    """The key belongs to another request."""

    def __init__(self) -> None:
        super().__init__("key_reused")


@dataclass(frozen=True)
class Request:
    """Who asks for what under which key. `principal` keeps one caller's answers from another."""

    principal: str
    route: str
    key: str
    fingerprint: bytes

    @property
    def lock(self) -> int:
        """The advisory lock that stands for the key while it is in flight."""
        name = f"{self.principal}\n{self.route}\n{self.key}".encode()
        return int.from_bytes(hashlib.sha256(name).digest()[:8], signed=True)


@dataclass(frozen=True)
class Answer:
    """What the door sends back, saved byte for byte."""

    status: int
    body: bytes
    replayed: bool = False


async def once(
    database: Database,
    request: Request,
    now: datetime,
    work: Callable[[Connection], Awaitable[Answer]],
) -> Answer:
    """Does `work` in one transaction and saves its answer, or replays the answer already saved.

    A refusal rolls everything back and saves nothing: the caller may mend the request and use the key again.
    Raises KeyInFlight, KeyReused, and whatever `work` raises.
    """
    try:
        return await _attempt(database, request, now, work)
    except asyncpg.UniqueViolationError as error:
        if error.table_name != "idempotency":
            raise
        return await _attempt(database, request, now, work)


async def _attempt(
    database: Database,
    request: Request,
    now: datetime,
    work: Callable[[Connection], Awaitable[Answer]],
) -> Answer:
    async with database.transaction() as tx:
        saved = await _recall(tx, request)
        if saved is not None:
            return saved
        answer = await work(tx)
        await tx.execute(
            """
            INSERT INTO idempotency (principal, route, key, fingerprint, status, body, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            request.principal,
            request.route,
            request.key,
            request.fingerprint,
            answer.status,
            answer.body,
            now,
        )
        return answer


async def _recall(tx: Connection, request: Request) -> Answer | None:
    [row] = await tx.fetch(
        """
        SELECT pg_try_advisory_xact_lock($1) AS free, saved.fingerprint, saved.status, saved.body
        FROM (SELECT) AS always
        LEFT JOIN idempotency AS saved ON (saved.principal, saved.route, saved.key) = ($2, $3, $4)
        """,
        request.lock,
        request.principal,
        request.route,
        request.key,
    )
    if row["status"] is None:
        if not row["free"]:
            raise KeyInFlight
        return None
    if row["fingerprint"] != request.fingerprint:
        raise KeyReused
    return Answer(row["status"], row["body"], replayed=True)


async def forget_old_answers(database: Database, clock: Clock) -> None:
    """Lets go of answers nobody will ask for again, for ever."""

    async def sweep() -> None:
        async with database.transaction() as tx:
            await tx.execute("DELETE FROM idempotency WHERE created_at < $1", clock.now() - KEPT)

    await hourly("answers", sweep)
