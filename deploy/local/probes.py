"""How we learn that a process is ready: it says so itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from deploy.local.ports import HOST
from deploy.local.steps import Probe

ANSWER_SECONDS = 2.0


def http_ready(port: int) -> Probe:
    """GET /health/ready answers 200. Without a client library: ten processes are asked ten times a second."""

    async def probe() -> bool:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return b" 200 " in await _status_line(port)
        return False

    return probe


async def _status_line(port: int) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(f"GET /health/ready HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        return await reader.readline()
    finally:
        writer.close()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True
