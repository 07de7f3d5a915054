"""What must stand before a service starts: its database, its tables, the topics.

The local system calls the functions; in containers each runs once as
`python -m deploy.prepare databases URL-OF-THE-SERVER` and `python -m deploy.prepare topics BOOTSTRAP`. Where a
service's database is made by others, its processes run `python -m deploy.prepare migrate SERVICE` before they start.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

import asyncpg

from shared.messaging import topics
from shared.persistence.migrate import migrate

SERVICES = ("alliance", "complaints", "mediation", "notifications", "portal")


def database_of(service: str) -> str:
    return f"shangju_{service}"


async def create_databases(server_url: str) -> None:
    """Those that are not there yet; `server_url` is without a database name."""
    connection = await asyncpg.connect(f"{server_url}/postgres")
    try:
        for service in SERVICES:
            with suppress(asyncpg.DuplicateDatabaseError):
                await connection.execute(f"CREATE DATABASE {database_of(service)}")
    finally:
        await connection.close()


async def prepare_databases(server_url: str) -> None:
    await create_databases(server_url)
    await asyncio.gather(*(migrate(service, f"{server_url}/{database_of(service)}") for service in SERVICES))


def main() -> None:
    match sys.argv[1:]:
        case ["databases", server_url]:
            asyncio.run(prepare_databases(server_url))
        case ["topics", bootstrap]:
            asyncio.run(topics.apply(bootstrap, alter=True))
        case ["migrate", service] if service in SERVICES:
            asyncio.run(migrate(service, os.environ["SHANGJU_DATABASE_URL"]))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
