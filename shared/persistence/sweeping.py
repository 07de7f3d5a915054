"""Letting go of what is old enough: nobody waits for it, so its failing ends nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Gauge

SWEPT = Gauge(
    "shangju_swept_timestamp_seconds", "When what was old enough was last let go of, of what", ["rows"]
)

log = structlog.get_logger()


async def hourly(rows: str, sweep: Callable[[], Awaitable[object]], *, every_seconds: float = 3600) -> None:
    """Sweeps, for ever. What fails, as by a deadlock, is told of and tried again an hour later, and stops no worker.

    That it never succeeded is told from the start, as a time long past, for the alert.
    """
    swept = SWEPT.labels(rows)
    while True:
        try:
            await sweep()
            swept.set_to_current_time()
        except Exception:
            log.exception("sweep_failed")
        await asyncio.sleep(every_seconds)
