"""The ceiling runs the service's own statements, made unique; on a real PostgreSQL, with the wheel's pgbench."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from cli.bench import pgbench
from cli.bench.pgbench import Sent
from deploy.local.postgres import Postgres
from deploy.local.problems import StepFailed
from shared.ids import new_id, new_reference
from shared.persistence.database import Connection

INSERT = """
INSERT INTO things (id, reference, kept, words, number, raw, tags, said)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
KEPT = uuid4()


@pytest.fixture
async def database(postgres: Postgres) -> AsyncIterator[tuple[str, Connection]]:
    url = await postgres.create_database(f"cli_pgbench_{uuid4().hex[:8]}")
    connection = await asyncpg.connect(url)
    await connection.execute(
        """
        CREATE TABLE things (
            id uuid PRIMARY KEY, reference text UNIQUE, kept uuid, words text, number bigint, raw bytea,
            tags uuid[], said jsonb
        )
        """
    )
    yield url, connection
    await connection.close()


def one_write(lock: int) -> list[Sent]:
    """What a service might say: fresh ids in several places, and things that stay."""
    fresh = new_id()
    words = f"of {fresh}: it's 12:30, \\ and :n"
    arguments = (
        fresh,
        new_reference(),
        KEPT,
        words,
        7,
        b"\x00\xff'",
        [fresh, KEPT],
        '{"a": "b:c", "none": null}',
    )
    return [
        Sent("BEGIN;", ()),
        Sent("SELECT pg_try_advisory_xact_lock($1)", (lock,)),
        Sent(INSERT, arguments),
        Sent("COMMIT;", ()),
    ]


async def test_given_a_services_statements_when_run_by_pgbench_then_the_rows_are_those_of_the_service(
    database: tuple[str, Connection], tmp_path: Path
) -> None:
    url, connection = database
    file = tmp_path / "script.sql"
    file.write_text(await pgbench.script(connection, one_write(2**60), one_write(2**61)))
    rates = [await pgbench.run(url, file, clients=4, seconds=1, base=base) for base in (10**9, 2 * 10**9)]
    rows = await connection.fetch("SELECT * FROM things")
    assert min(rates) > 0
    assert len(rows) > 8
    for row in rows:
        fresh: UUID = row["id"]
        assert row["words"] == f"of {fresh}: it's 12:30, \\ and :n"
        assert row["tags"] == [fresh, KEPT]
        assert (row["kept"], row["number"], row["raw"]) == (KEPT, 7, b"\x00\xff'")
        assert row["said"] == '{"a": "b:c", "none": null}'
        assert fresh.version == 7


async def test_given_two_writes_that_differ_in_their_statements_when_scripted_then_there_is_no_ceiling(
    database: tuple[str, Connection],
) -> None:
    with pytest.raises(StepFailed, match="different statements"):
        await pgbench.script(database[1], one_write(1), one_write(2)[:-1])


async def test_given_statements_that_fail_when_run_then_there_is_no_ceiling(
    database: tuple[str, Connection], tmp_path: Path
) -> None:
    file = tmp_path / "script.sql"
    file.write_text("SELECT no_such_function();\n")
    with pytest.raises(StepFailed, match="no_such_function"):
        await pgbench.run(database[0], file, clients=1, seconds=1, base=1)
