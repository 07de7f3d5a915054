"""A database that the release before wrote into, and goes on writing into while this one starts."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import Postgres
from shared.persistence.database import Database, open_database, work_for, working_for_everybody
from shared.persistence.migrate import apply, directories

_FILED_BY_THE_RELEASE_BEFORE = """
WITH filed AS (
    INSERT INTO cases (id, alliance_id, version, head, state_type, state, reference, category, stage, waits_for, told,
                       listed_at)
    VALUES ($1, $2, 1, '', 'AwaitingTriage', '{}', $4, 'noise', 'hear', '{}', false, now())
),
survey AS (INSERT INTO surveys (survey_id, case_id, party_id) VALUES ($3, $1, $3)),
referral AS (INSERT INTO referrals (referral_id, case_id, authority, sent_on) VALUES ($3, $1, 'police', now())),
visit AS (INSERT INTO return_visits (visit_id, case_id, due) VALUES ($3, $1, now()))
INSERT INTO parties (party_id, case_id, side, member_id, standing) VALUES ($3, $1, 'complainant', $3, 'party')
"""
"""Case and all about it by one statement, as every change is saved, and no word of whose alliance it is."""

KEYS = {
    "parties": "member_id",
    "surveys": "survey_id",
    "referrals": "referral_id",
    "return_visits": "visit_id",
}
ALLIANCE, EARLIER, MEANWHILE = uuid4(), uuid4(), uuid4()


@pytest.fixture
async def upgraded(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Database]:
    """One that was filled before the last migration, and is written into after it."""
    url = await postgres.create_database(f"upgraded_{uuid4().hex[:8]}")
    new = directories("complaints")
    before = tmp_path / "before"
    shutil.copytree(
        new["own"],
        before,
        ignore=shutil.ignore_patterns("complaints_14_*", "complaints_15_locks.sql", "complaints_1[67]_*"),
    )
    await apply(url, {**new, "own": before})
    async with open_database(url) as database:
        await _file(database, EARLIER)
        await apply(url, new)
        await _file(database, MEANWHILE)
        yield database


async def _file(database: Database, member_id: UUID) -> None:
    async with database.transaction() as tx:
        await tx.execute(_FILED_BY_THE_RELEASE_BEFORE, uuid4(), ALLIANCE, member_id, member_id.hex)


async def _found(database: Database, alliance_id: UUID, table: str, key: str) -> set[UUID]:
    with working_for_everybody():
        work_for(alliance_id)
        async with database.reading() as connection:
            return {row["id"] for row in await connection.fetch(f"SELECT {key} AS id FROM {table}")}


@pytest.mark.parametrize("table", KEYS)
async def test_whoever_the_release_before_wrote_down_is_found_by_their_own_alliance_alone(
    upgraded: Database, table: str
):
    assert await _found(upgraded, ALLIANCE, table, KEYS[table]) == {EARLIER, MEANWHILE}
    assert await _found(upgraded, uuid4(), table, KEYS[table]) == set()
