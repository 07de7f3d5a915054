"""What operators watch of the cases themselves: nobody's, only how many wait longer than they were told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import get_args

from prometheus_client import Gauge

from services.complaints import storage
from services.complaints.clocks import ClockName
from shared.access.door import Kit
from shared.clock import local_day
from shared.persistence.database import UNAVAILABLE

PAST_CLOCK = Gauge("shangju_cases_past_clock", "Open cases whose last day of a clock has passed", ["clock"])
MEASURE_SECONDS = 30


async def watch(kit: Kit) -> None:
    """Measures for ever."""
    while True:
        with suppress(*UNAVAILABLE):
            await measure(kit)
        await asyncio.sleep(MEASURE_SECONDS)


async def measure(kit: Kit) -> None:
    """Every clock is told, also the ones that hold up nobody."""
    async with kit.database.reading() as connection:
        found = await storage.past_their_day(connection, local_day(kit.clock.now()))
    for clock in get_args(ClockName):
        PAST_CLOCK.labels(clock).set(found.get(clock, 0))
