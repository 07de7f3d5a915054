"""Brings a service's database up to date. Two that start together take turns: pogo itself takes no lock."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import asyncpg
from pogo_core.util import migrate as pogo

from shared.persistence.database import MEMBER, Connection

_LOCK = 0x5348414E474A55  # "SHANGJU"

SHARED = Path(__file__).parent / "migrations"
"""The tables every service keeps beside its own."""


def directories(service: str) -> dict[str, Path]:
    """Where the migrations of a service lie, in the order they are applied."""
    return {"shared": SHARED, "own": Path(str(resources.files(f"services.{service}") / "migrations"))}


async def migrate(service: str, database_url: str) -> None:
    """Brings the database of `service` up to date."""
    await apply(database_url, directories(service))


_MAKE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{MEMBER}') THEN
        CREATE ROLE {MEMBER} NOLOGIN IN ROLE pg_read_all_data, pg_write_all_data;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
"""Roles are the server's, not the database's: another database may have made it at this moment, and a backup lacks it.
Who is no superuser finds it made (`deploy/kubernetes/databases.py`).
"""


async def apply(database_url: str, migrations: Mapping[str, Path]) -> None:
    """Applies what is missing, in order, under an advisory lock."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_MAKE_ROLE)
        for name, directory in migrations.items():
            await pogo.apply(connection, directory, schema_name=name)
    finally:
        await connection.close()


async def is_current(connection: Connection, migrations: Mapping[str, Path]) -> bool:
    """Whether every migration in this code is applied: part of being ready."""
    applied = {
        row["migration_id"]
        for row in await connection.fetch("SELECT migration_id FROM public._pogo_migration")
    }
    return {path.stem for directory in migrations.values() for path in directory.glob("*.sql")} <= applied
