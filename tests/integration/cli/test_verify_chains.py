"""An edited, shortened or restamped history is found, wherever the aggregate lives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime

import asyncpg
import pytest

from cli.verify import chains
from deploy.local.postgres import Postgres
from services.alliance.seed import ALLIANCE_ID, id_of, seed
from shared.persistence import journal
from shared.persistence.database import Database
from shared.persistence.migrate import migrate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIN = id_of("lin@shanbei.example")


@pytest.fixture(scope="module")
async def alliance(postgres: Postgres) -> AsyncIterator[Database]:
    """The seeded neighbourhood, with histories of many aggregates; one connection, so that a test may roll back."""
    url = await postgres.create_database("cli_verify_chains")
    await migrate("alliance", url)
    async with asyncpg.create_pool(url, min_size=1, max_size=1) as pool:
        database = Database(pool)
        await seed(database, NOW)
        yield database


class Undone(Exception):
    """Ends a transaction that must leave nothing."""


async def breaks_after(database: Database, change: str, *arguments: object) -> list[str]:
    """What is found in the transaction that makes `change`."""
    breaks: list[str] = []
    with suppress(Undone):
        async with database.transaction() as tx:
            await tx.execute(change, *arguments)
            breaks = (await chains.check_within(tx, "alliance")).breaks
            raise Undone
    return breaks


async def test_given_untouched_histories_when_verified_then_all_hold(alliance: Database) -> None:
    finding = await chains.check("alliance", alliance)
    assert finding.holds
    assert finding.counted > 300


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE journal SET payload = payload || '!' WHERE aggregate_id = $1", "payload changed"),
        ("UPDATE journal SET actor_role = 'mayor' WHERE aggregate_id = $1", "hash does not follow"),
        ("DELETE FROM journal WHERE aggregate_id = $1 AND version = 1", "version missing"),
        ("DELETE FROM journal WHERE aggregate_id = $1 AND version = 2", "tail missing"),
        ("DELETE FROM journal WHERE aggregate_id = $1", "an aggregate without its history"),
        ("DELETE FROM members WHERE id = $1", "a history without its aggregate"),
    ],
)
async def test_given_a_changed_history_when_verified_then_the_member_is_named(
    alliance: Database, change: str, why: str
) -> None:
    (found,) = await breaks_after(alliance, change, LIN)
    assert found.startswith(str(LIN))
    assert why in found


async def test_given_a_history_hashed_anew_when_verified_then_the_members_own_row_betrays_it(
    alliance: Database,
) -> None:
    async with alliance.reading() as connection:
        rows = await connection.fetch("SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", LIN)
    first, last = map(journal.from_row, rows)
    forged = _hashed_anew(last, payload=b"{}", after=first)
    (found,) = await breaks_after(
        alliance,
        "UPDATE journal SET payload = $2, salt = $3, leaf = $4, hash = $5 WHERE aggregate_id = $1 AND version = 2",
        *(LIN, forged.payload, forged.salt, forged.leaf, forged.hash),
    )
    assert found == f"{LIN} version 2: restamped"


async def test_given_a_row_for_each_version_when_verified_then_the_newest_speaks_wherever_it_lies(
    alliance: Database,
) -> None:
    change = """
        ALTER TABLE members RENAME COLUMN head TO was;
        CREATE TABLE member_versions AS
            SELECT id, version, was AS head FROM members UNION ALL SELECT id, version - 1, 'before' FROM members
    """
    assert await breaks_after(alliance, change) == []


def _hashed_anew(entry: journal.Entry, *, payload: bytes, after: journal.Entry) -> journal.Entry:
    """As somebody with the database's password would do it."""
    (forged,) = journal.chain(
        [journal.Written(entry.event_id, entry.type, payload)],
        aggregate_id=entry.aggregate_id,
        alliance_id=ALLIANCE_ID,
        version=after.version,
        head=after.hash,
        actor_id=entry.actor_id,
        actor_role=entry.actor_role,
        at=entry.occurred_at,
    )
    return forged
