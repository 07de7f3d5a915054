"""Durable filings through the front door, beside pgbench running the same SQL."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import psutil  # type: ignore[import-untyped]

from cli.bench import pgbench, wire
from cli.bench.figures import Comparison, Series
from cli.bench.pgbench import Sent
from cli.inside import service, settings_of
from cli.running import Running
from shared.access.door import Kit
from shared.access.tokens import TokenVerifier, keys_of
from shared.persistence.database import Database
from shared.service import api_app

CONNECTIONS = 16
POOL_WORK = ("pg_advisory_unlock_all",)
"""What asyncpg's pool asks by itself is no statement of a filing."""


@dataclass(frozen=True)
class Filer:
    """Somebody who files, at a place both of us know."""

    token: str
    place_id: str

    def request(self) -> bytes:
        return wire.post("/v1/cases", self.body(), token=self.token, key=secrets.token_hex(16))

    def body(self) -> dict[str, Any]:
        return {
            "category": "noise",
            "subcategory": "bar_music",
            "place_id": self.place_id,
            "description": "后门每晚开到一点,低音很重,已经连续三周,家里老人睡不好。" * 2,
            "identity": "hidden",
        }


@dataclass(frozen=True)
class Door:
    """The process under load."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)


async def compare(
    where: Running, filers: Sequence[Filer], door: Door, *, seconds: int, runs: int, scratch: Path
) -> Comparison:
    """Ours and the ceiling in turn, so that a change of the machine's mood meets both."""
    url = where.database_url("complaints")
    file = scratch / "filing.sql"
    await _write_script(where, filers[0], file)
    makers = [filers[number % len(filers)].request for number in range(CONNECTIONS)]
    await wire.load(door.port, makers, seconds=1, expected_status=201)
    ours, ceiling, latencies, used = [], [], [], 0.0
    for number in range(1, runs + 1):
        before = door.processor_seconds()
        rate, waited = await wire.load(door.port, makers, seconds=seconds, expected_status=201)
        used += door.processor_seconds() - before
        latencies += waited
        ours.append(rate)
        base = number * 1_000_000_000
        ceiling.append(await pgbench.run(url, file, clients=CONNECTIONS, seconds=seconds, base=base))
    return Comparison(
        "durable filings",
        f"POST /v1/cases over {CONNECTIONS} connections, one API process: token, validation, policy, journal, "
        "outbox, saved answer",
        f"pgbench, {CONNECTIONS} clients, prepared, the same statements with the same rows",
        Series(tuple(ours)),
        Series(tuple(ceiling)),
        _beside(latencies, used, seconds * runs),
    )


def _beside(latencies: Sequence[float], used: float, seconds: float) -> dict[str, float]:
    """What a noisy machine changes less than the rate: the processor time of one filing in the API process.

    Near one core it is this process, of one thread, that is saturated.
    """
    ordered = sorted(latencies)
    return {
        "processor_ms_per_filing": round(used / len(ordered) * 1000, 2),
        "api_cores": round(used / seconds, 2),
        "p50_ms": round(ordered[len(ordered) // 2] * 1000, 1),
        "p99_ms": round(ordered[len(ordered) * 99 // 100] * 1000, 1),
        "max_ms": round(ordered[-1] * 1000, 1),
    }


async def _write_script(where: Running, filer: Filer, file: Path) -> None:
    one, other = [await _statements(where, filer) for _ in range(2)]
    connection = await asyncpg.connect(where.database_url("complaints"))
    try:
        file.write_text(await pgbench.script(connection, one, other))  # noqa: ASYNC240
    finally:
        await connection.close()


async def _statements(where: Running, filer: Filer) -> list[Sent]:
    """What one filing says to the database, heard in this process."""
    heard: list[Sent] = []

    def hear(record: Any) -> None:
        if not any(word in record.query for word in POOL_WORK):
            heard.append(Sent(record.query, record.args))

    async with _app(where, hear) as client:
        headers = {"Authorization": f"Bearer {filer.token}", "Idempotency-Key": str(uuid4())}
        await client.get("/v1/cases", headers=headers)
        heard.clear()
        answer = await client.post("/v1/cases", json=filer.body(), headers=headers)
        answer.raise_for_status()
    return heard


@asynccontextmanager
async def _app(where: Running, hear: Callable[[Any], None]) -> AsyncIterator[httpx.AsyncClient]:
    """The service's door in this process, on a connection that is listened to."""

    async def listened_to(connection: Any) -> None:
        connection.add_query_logger(hear)

    settings = settings_of("complaints", where)
    pool = await asyncpg.create_pool(
        where.database_url("complaints"), min_size=1, max_size=1, setup=listened_to
    )
    app = api_app(service("complaints"), settings)
    verifier = TokenVerifier(keys_of(where.api("alliance")))
    app.state.kit = Kit(Database(pool), settings.clock(), verifier, settings)
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
            yield client
    finally:
        await pool.close()
