"""An HTTP client so thin that it does not compete with the server for the processor."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

MakeRequest = Callable[[], bytes]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def post(path: str, body: Mapping[str, Any], *, token: str, key: str) -> bytes:
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def get(path: str, *, token: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


async def load(
    port: int, requests: list[MakeRequest], *, seconds: float, expected_status: int
) -> tuple[float, list[float]]:
    """Answers per second over as many connections as there are makers, and the latencies in seconds.

    Raises RuntimeError at the first answer with another status: a figure over errors is none.
    """
    latencies: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_client(port, make, until, expected_status, latencies) for make in requests))
    return len(latencies) / (time.perf_counter() - began), latencies


async def ask(port: int, request: bytes, *, times: int) -> list[float]:
    """The latencies in seconds of the same request, one after the other over one connection.

    Raises RuntimeError at the first answer other than 200.
    """
    latencies: list[float] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for _ in range(times):
            sent = time.perf_counter()
            writer.write(request)
            status, body = await _answer(reader)
            if status != HTTPStatus.OK:
                raise RuntimeError(f"answered {status}: {body[:300].decode()}")
            latencies.append(time.perf_counter() - sent)
    finally:
        writer.close()
    return latencies


async def _client(port: int, make: MakeRequest, until: float, expected: int, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (sent := time.perf_counter()) < until:
            await asked((reader, writer), make(), expected_status=expected)
            latencies.append(time.perf_counter() - sent)
    finally:
        writer.close()


async def asked(line: Line, request: bytes, *, expected_status: int) -> bytes:
    """The answer's body. Raises RuntimeError for another status."""
    reader, writer = line
    writer.write(request)
    status, body = await _answer(reader)
    if status != expected_status:
        raise RuntimeError(f"answered {status}: {body[:300].decode()}")
    return body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    lengths = (int(line[15:]) for line in lines if line[:15].lower() == b"content-length:")
    return int(lines[0].split(b" ")[1]), await reader.readexactly(next(lengths))
