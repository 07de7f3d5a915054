"""Letting go of what is old enough: nobody waits for it, so its failing ends nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


async def hourly(sweep: Callable[[], Awaitable[object]], *, every_seconds: float = 3600) -> None:
    """Sweeps, for ever. What fails, as by a deadlock, is told of and tried again an hour later, and stops no worker."""
    while True:
        try:
            await sweep()
        except Exception:
            log.exception("sweep_failed")
        await asyncio.sleep(every_seconds)
