"""The machine by name: a figure without it is worth nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import asyncpg

from deploy.local.kafka.install import VERSION as KAFKA


async def description(server_url: str) -> dict[str, str]:
    """Processor, memory, versions, and that the database waits for the disk."""
    connection = await asyncpg.connect(server_url)
    try:
        server = await connection.fetchval("SHOW server_version")
        fsync = await connection.fetchval("SHOW fsync")
        synchronous = await connection.fetchval("SHOW synchronous_commit")
    finally:
        await connection.close()
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": f"{server}, fsync {fsync}, synchronous_commit {synchronous}",
        "kafka": f"{KAFKA}, one broker",
        "load_average_at_start": f"{os.getloadavg()[0]:.1f}",
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
