"""Row-level security, looked at from below: which tables have it, and what a query without a filter finds in one."""

from __future__ import annotations

from uuid import UUID, uuid4

from shared.persistence.database import Database, work_for, working_for_everybody


async def locked_tables(database: Database) -> set[str]:
    """The tables that PostgreSQL itself keeps to one alliance, whatever the code asks."""
    async with database.reading() as connection:
        rows = await connection.fetch("SELECT relname FROM pg_class WHERE relrowsecurity")
    return {row["relname"] for row in rows}


async def check_lock(database: Database, table: str, alliance_id: UUID, column: str = "alliance_id") -> None:
    """Fails too where the table holds nothing of this alliance: what is not there cannot be hidden."""
    everybody = await _alliances(database, table, column)
    with working_for_everybody():
        work_for(alliance_id)
        own = await _alliances(database, table, column)
        work_for(uuid4())
        strangers = await _alliances(database, table, column)
        work_for(None)
        nobodys = await _alliances(database, table, column)

    assert alliance_id in everybody, f"no row of {table} to hide"
    assert own == {alliance_id}
    assert strangers == nobodys == set()


async def _alliances(database: Database, table: str, column: str) -> set[UUID]:
    async with database.reading() as connection:
        rows = await connection.fetch(f"SELECT DISTINCT {column} AS alliance_id FROM {table}")
    return {row["alliance_id"] for row in rows}
