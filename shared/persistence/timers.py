"""What falls due is a row, claimed in the transaction of its effect: not lost, not twice, never early."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from prometheus_client import Counter, Gauge

from shared.clock import Clock
from shared.observability import traces
from shared.persistence.database import UNAVAILABLE, Connection, Database
from shared.persistence.sweeping import hourly

log = structlog.get_logger()
FIRED = Counter("shangju_timers_fired_total", "Timers whose effect was committed", ["kind"])
OVERDUE = Gauge("shangju_timers_overdue", "Timers due and not fired")
OVERDUE_SECONDS = Gauge("shangju_timers_overdue_seconds", "For how long the oldest of them has been due")

KEPT = timedelta(days=45)
"""So long can be looked up when a timer fired. Set again afterwards it fires again, which changes nothing: what it does
is decided on what has become of its aggregate.
"""
BATCH = 1_000


@dataclass(frozen=True)
class Timer:
    """A moment at which `kind` is to happen to an aggregate. The same `dedupe_key` is the same timer."""

    dedupe_key: str
    kind: str
    due_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    aggregate_id: UUID | None = None

    @property
    def payload_json(self) -> str:
        return json.dumps(dict(self.payload), default=str)


Fire = Callable[[Connection, Timer, datetime], Awaitable[None]]
"""Turns a due timer into a command, inside the transaction that claims it."""


async def run(database: Database, clock: Clock, fire: Fire, *, poll_seconds: float = 0.25) -> None:
    """Fires what is due, for ever. Late after a stop, but never lost."""
    while True:
        try:
            if not await fire_next(database, clock, fire):
                await asyncio.sleep(poll_seconds)
        except UNAVAILABLE as error:
            log.warning("timers_wait_for_database", error=type(error).__name__)
            await asyncio.sleep(1)


async def fire_next(database: Database, clock: Clock, fire: Fire) -> bool:
    """Fires one due timer if there is one.

    A timer whose effect fails is put off, a little longer each time, so that it holds up no other.
    """
    now = clock.now()
    timer = None
    try:
        async with database.transaction() as tx:
            timer = await _claim(tx, now)
            if timer is None:
                return False
            await _begin_trace(tx, timer, now, fire)
    except Exception as error:
        if timer is None or isinstance(error, UNAVAILABLE):
            raise
        log.exception("timer_failed", kind=timer.kind, aggregate=str(timer.aggregate_id))
        await _put_off(database, timer.dedupe_key, now)
        return True
    FIRED.labels(timer.kind).inc()
    log.info("timer_fired", kind=timer.kind, aggregate=str(timer.aggregate_id))
    return True


async def _begin_trace(tx: Connection, timer: Timer, now: datetime, fire: Fire) -> None:
    """Fires it as the first step of a trace of its own, which whatever it causes carries on."""
    with (
        traces.step(f"timer {timer.kind}") as span,
        structlog.contextvars.bound_contextvars(trace_id=traces.trace_id(span), timer=timer.kind),
    ):
        await fire(tx, timer, now)


async def _claim(tx: Connection, now: datetime) -> Timer | None:
    row = await tx.fetchrow(
        """
        UPDATE timers SET fired_at = $1
        WHERE dedupe_key = (
            SELECT dedupe_key FROM timers
            WHERE fired_at IS NULL AND due_at <= $1
            ORDER BY due_at
            FOR UPDATE SKIP LOCKED
            LIMIT 1
        )
        RETURNING dedupe_key, kind, due_at, payload, aggregate_id
        """,
        now,
    )
    if row is None:
        return None
    return Timer(
        row["dedupe_key"], row["kind"], row["due_at"], json.loads(row["payload"]), row["aggregate_id"]
    )


async def _put_off(database: Database, dedupe_key: str, now: datetime) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            """
            UPDATE timers SET attempts = attempts + 1, due_at = $2::timestamptz + least(attempts + 1, 60) * $3::interval
            WHERE dedupe_key = $1
            """,
            dedupe_key,
            now,
            timedelta(minutes=1),
        )


async def measure(connection: Connection, now: datetime) -> None:
    """What is due and has not fired, for the gauges operators watch."""
    [row] = await connection.fetch(
        "SELECT count(*), min(due_at) AS oldest FROM timers WHERE fired_at IS NULL AND due_at <= $1", now
    )
    OVERDUE.set(row["count"])
    OVERDUE_SECONDS.set((now - row["oldest"]).total_seconds() if row["oldest"] else 0)


async def forget_fired(database: Database, clock: Clock) -> None:
    """Lets go of those that fired long ago, for ever."""

    async def sweep() -> None:
        while await _forget(database, clock.now() - KEPT) == BATCH:
            pass

    await hourly("timers", sweep)


async def _forget(database: Database, fired_before: datetime) -> int:
    """A batch of them; how many it was."""
    async with database.transaction() as tx:
        done = await tx.execute(
            """
            WITH old AS (SELECT dedupe_key FROM timers WHERE fired_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
            DELETE FROM timers USING old WHERE timers.dedupe_key = old.dedupe_key
            """,
            fired_before,
            BATCH,
        )
    return int(done.split()[-1])
