"""What the whole system costs before anybody uses it: the seconds of a warm start, and the memory of the services idle.

Memory is what the processes hold together (proportional set size): what several share is counted once. Database,
broker and mailbox are not ours and are left out.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from cli.bench.figures import Limited
from deploy.local import plan
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem

MEMORY_LIMIT_MB = 600
START_LIMIT_SECONDS = 15
SETTLING_SECONDS = 10


async def rest(home: Path) -> tuple[Limited, Limited]:
    """Starts it twice: the first time lays out the databases, sows the neighbourhood and compiles."""
    ports = free_ports()
    async with LocalSystem(home, ports):
        pass
    began = time.monotonic()
    async with LocalSystem(home, ports) as system:
        started = time.monotonic() - began
        await asyncio.sleep(SETTLING_SECONDS)
        held = await asyncio.to_thread(held_by, system)
    return (
        Limited("warm start to ready", "s", round(started, 1), START_LIMIT_SECONDS),
        Limited("memory of all services, idle", "MB", round(sum(held.values())), MEMORY_LIMIT_MB, held),
    )


def held_by(system: LocalSystem) -> dict[str, float]:
    """Each of our processes by its name, in MB."""
    names = [step.name for step in plan.services(system.site)]
    return {
        name: round(psutil.Process(system.process(name).pid).memory_full_info().pss / 1e6, 1)
        for name in names
    }
