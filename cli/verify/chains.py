"""Every aggregate's history, rehashed and held against the aggregate's own row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from cli.verify.findings import Finding
from shared.persistence import journal
from shared.persistence.database import Connection, Database

Head = tuple[int, bytes]


async def check(service: str, database: Database) -> Finding:
    """The journal as one snapshot saw it, so that a system at work shows no false break."""
    async with (
        database.reading() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return await check_within(connection, service)


async def check_within(transaction: Connection, service: str) -> Finding:
    """The same in a transaction that is already open."""
    finding = Finding(service, "journal chains")
    heads = await _heads(transaction)
    async for aggregate_id, entries in _histories(transaction):
        finding.counted += len(entries)
        if aggregate_id not in heads:
            finding.breaks.append(f"{aggregate_id}: a history without its aggregate")
            continue
        version, head = heads.pop(aggregate_id)
        broken = journal.verify(entries, expected_version=version, expected_head=head)
        if broken is not None:
            finding.breaks.append(f"{aggregate_id} version {broken.version}: {broken.why}")
    silent = [aggregate_id for aggregate_id, (version, _) in heads.items() if version > 0]
    finding.breaks += [f"{aggregate_id}: an aggregate without its history" for aggregate_id in silent]
    return finding


async def _heads(connection: Connection) -> dict[UUID, Head]:
    """Version and head of every aggregate: a table with these three columns is one of aggregates.

    Where a table keeps a row for each version, the newest speaks for the aggregate.
    """
    tables = await connection.fetch(
        """
        SELECT format('%I', table_name) AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name IN ('id', 'version', 'head')
        GROUP BY table_name HAVING count(*) = 3
        """
    )
    heads: dict[UUID, Head] = {}
    for table in tables:
        rows = await connection.fetch(
            f"SELECT DISTINCT ON (id) id, version, head FROM {table['name']} ORDER BY id, version DESC"  # noqa: S608
        )
        heads |= {row["id"]: (row["version"], row["head"]) for row in rows}
    return heads


async def _histories(connection: Connection) -> AsyncIterator[tuple[UUID, list[journal.Entry]]]:
    """Each aggregate's entries in order, one aggregate in memory at a time."""
    entries: list[journal.Entry] = []
    rows = connection.cursor("SELECT * FROM journal ORDER BY aggregate_id, version", prefetch=500)
    async for row in rows:
        entry = journal.from_row(row)
        if entries and entries[0].aggregate_id != entry.aggregate_id:
            yield entries[0].aggregate_id, entries
            entries = []
        entries.append(entry)
    if entries:
        yield entries[0].aggregate_id, entries
