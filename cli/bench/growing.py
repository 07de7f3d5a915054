"""Whether a page takes longer when there are a million cases: its p99 with many beside its p99 with few.

All lie in the one alliance of who reads, and all that are added are closed, with a complainant of their own each and
their journal: so does a city's history grow. They are copies made in SQL of a case that was filed and withdrawn
through the door.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx

from cli.bench import wire
from cli.bench.filing import Filer
from shared.persistence.database import Connection

OPEN, FEW = 200, 1_000
"""Open cases all the time, and all cases to begin with."""
STEP = 100_000


@dataclass(frozen=True)
class Growth:
    """The p99 of each page in milliseconds, by how many cases there were."""

    few: int
    many: int
    pages: Mapping[str, tuple[float, float]]

    def as_json(self) -> dict[str, Any]:
        return {
            "few": self.few,
            "many": self.many,
            "p99_ms": {
                page: {"few": round(few, 2), "many": round(many, 2), "ratio": round(many / few, 2)}
                for page, (few, many) in self.pages.items()
            },
        }


async def compare(
    database_url: str, port: int, filer: Filer, coordinator: str, *, cases: int, reads: int
) -> Growth:
    """Empties the database of cases first: what is there of other measurements is in nobody's way.

    Reading waits for a checkpoint, or the writing of what was just copied is measured with it.
    """
    connection = await asyncpg.connect(database_url, timeout=60)
    try:
        await connection.execute("TRUNCATE cases, journal, unsealed, outbox, timers CASCADE")
        opened, closed = await _told(port, filer)
        await _add(connection, opened, OPEN - 1)
        await _add(connection, closed, FEW - OPEN - 1)
        await connection.execute("CHECKPOINT", timeout=300)
        few = await _measured(port, _pages(filer, coordinator, opened), reads)
        for beginning in range(FEW, cases, STEP):
            await _add(connection, closed, min(STEP, cases - beginning))
        await connection.execute("CHECKPOINT", timeout=300)
        many = await _measured(port, _pages(filer, coordinator, opened), reads)
    finally:
        await connection.close()
    return Growth(FEW, cases, {page: (few[page], many[page]) for page in few})


def _pages(filer: Filer, coordinator: str, case_id: str) -> dict[str, bytes]:
    return {
        "a resident's cases": wire.get("/v1/cases", token=filer.token),
        "a case": wire.get(f"/v1/cases/{case_id}", token=filer.token),
        "all cases, for the coordinator": wire.get("/v1/cases", token=coordinator),
        "a coordinator's own days": wire.get("/v1/days", token=coordinator),
        "the desk": wire.get("/v1/queue", token=coordinator),
        "the desk, the newest first": wire.get("/v1/queue?order=newest", token=coordinator),
        "a case, for the coordinator": wire.get(f"/v1/cases/{case_id}", token=coordinator),
    }


async def _measured(port: int, pages: Mapping[str, bytes], reads: int) -> dict[str, float]:
    """One reader at a time: what is asked is how long a page takes, not how many."""
    p99 = {}
    for page, request in pages.items():
        await wire.ask(port, request, times=reads // 10)
        waited = await wire.ask(port, request, times=reads)
        p99[page] = sorted(waited)[reads * 99 // 100] * 1000
    return p99


async def _told(port: int, filer: Filer) -> tuple[str, str]:
    """A case that is open, and one that was withdrawn."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

        async def post(path: str, body: Mapping[str, Any]) -> dict[str, Any]:
            headers = {"Authorization": f"Bearer {filer.token}", "Idempotency-Key": secrets.token_hex(16)}
            answer = await client.post(path, json=body, headers=headers)
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
            return told

        opened, closed = [(await post("/v1/cases", filer.body()))["id"] for _ in range(2)]
        await post(f"/v1/cases/{closed}/withdraw", {})
    return opened, closed


async def _add(connection: Connection, case_id: str, copies: int) -> None:
    async with connection.transaction():
        await copy_case(connection, case_id, copies)
    await connection.execute("VACUUM ANALYZE cases, parties, journal", timeout=300)


async def copy_case(tx: Connection, case_id: str, copies: int) -> None:
    """Older and older ones, each of another complainant."""
    columns = await tx.fetchval(
        """
        SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
        WHERE table_name = 'cases' AND is_generated = 'NEVER'
          AND column_name <> ALL ('{id,reference,state,listed_at}')
        """
    )
    await tx.execute("CREATE TEMP TABLE new (id uuid DEFAULT uuidv7(), number integer) ON COMMIT DROP")
    await tx.execute("INSERT INTO new (number) SELECT generate_series(1, $1::int)", copies)
    for statement in _COPIES:
        await tx.execute(statement.format(columns=columns, copied=f"'{case_id}'"), timeout=300)


_COPIES = (
    """
    INSERT INTO cases (id, reference, state, listed_at, {columns})
    SELECT new.id, 'SJ-' || upper(replace(right(new.id::text, 23), '-', '')),
           replace(state::text, cases.id::text, new.id::text)::jsonb,
           listed_at - number * interval '1 minute', {columns}
    FROM cases CROSS JOIN new WHERE cases.id = {copied}
    """,
    """
    INSERT INTO parties (party_id, case_id, of_alliance, side, member_id)
    SELECT uuidv7(), new.id, alliance_id, 'complainant', uuidv7()
    FROM cases CROSS JOIN new WHERE cases.id = {copied}
    """,
    """
    INSERT INTO journal (aggregate_id, version, event_id, alliance_id, type, actor_id, actor_role,
                         occurred_at, payload, salt, leaf, hash)
    SELECT new.id, version, uuidv7(), alliance_id, type, actor_id, actor_role, occurred_at, payload, salt, leaf, hash
    FROM journal CROSS JOIN new WHERE aggregate_id = {copied}
    """,
)
