"""Old rows are let go of each hour, and a sweep that fails is not told of as one that was."""

from __future__ import annotations

import asyncio
import time

from prometheus_client import REGISTRY

from shared.persistence.sweeping import hourly


def told() -> float | None:
    return REGISTRY.get_sample_value("shangju_swept_timestamp_seconds", {"rows": "crumbs"})


async def test_a_sweep_that_failed_is_told_as_never_and_one_that_succeeded_by_its_time() -> None:
    tries, seen = asyncio.Queue[None](), []
    began = time.time()

    async def sweep() -> None:
        seen.append(told())
        tries.put_nowait(None)
        if len(seen) == 1:
            raise TimeoutError

    sweeping = asyncio.create_task(hourly("crumbs", sweep, every_seconds=0))
    for _ in range(3):
        await asyncio.wait_for(tries.get(), 60)
    sweeping.cancel()
    await asyncio.gather(sweeping, return_exceptions=True)
    never, still_never, at_last = seen[:3]
    assert (never, still_never) == (0, 0)
    assert at_last is not None
    assert at_last >= began
