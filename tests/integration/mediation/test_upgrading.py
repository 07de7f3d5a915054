"""A database that the release before wrote into, and goes on writing into while this one starts."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID, uuid4

from deploy.local.postgres import Postgres
from shared.persistence.database import Connection, open_database
from shared.persistence.migrate import apply, directories

_OPENED_BY_THE_RELEASE_BEFORE = """
INSERT INTO mediations (id, alliance_id, case_id, reference, version, head, status, state_type, state, party_ids,
                        commitment_ids)
VALUES ($1, $1, $1, '', 1, '', 'awaiting_consent', 'AwaitingConsent', '{}', ARRAY[$2, $3]::uuid[], '{}')
"""

SHOP, HOME, PROMISE = uuid4(), uuid4(), uuid4()


async def test_a_mediation_of_the_release_before_is_found_by_whoever_and_whatever_is_in_it(
    postgres: Postgres, tmp_path: Path
):
    url = await postgres.create_database(f"upgraded_{uuid4().hex[:8]}")
    new, before = directories("mediation"), tmp_path / "before"
    left_out = shutil.ignore_patterns("mediation_12_locks.sql", "mediation_13_*.sql")
    shutil.copytree(new["own"], before, ignore=left_out)
    await apply(url, {**new, "own": before})
    async with open_database(url) as database, database.reading() as connection:
        earlier, meanwhile = uuid4(), uuid4()
        await connection.execute(_OPENED_BY_THE_RELEASE_BEFORE, earlier, SHOP, HOME)
        await apply(url, new)
        await connection.execute(_OPENED_BY_THE_RELEASE_BEFORE, meanwhile, SHOP, HOME)
        assert (
            await _found(connection, earlier)
            == await _found(connection, meanwhile)
            == {
                ("party", SHOP),
                ("party", HOME),
            }
        )

        await connection.execute(
            "UPDATE mediations SET party_ids = ARRAY[$2]::uuid[], commitment_ids = ARRAY[$3]::uuid[] WHERE id = $1",
            earlier,
            HOME,
            PROMISE,
        )
        assert await _found(connection, earlier) == {("party", HOME), ("commitment", PROMISE)}


async def _found(connection: Connection, mediation_id: UUID) -> set[tuple[str, UUID]]:
    rows = await connection.fetch(
        "SELECT what, link_id FROM mediation_links WHERE mediation_id = $1", mediation_id
    )
    return {(row["what"], row["link_id"]) for row in rows}
