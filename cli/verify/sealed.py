"""The histories held against what was signed and kept outside their database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from cli.checkpoints import Kept
from cli.verify.findings import Finding
from shared.persistence import journal, merkle
from shared.persistence.checkpoints import Leaf
from shared.persistence.database import Connection, Database
from shared.persistence.journal import Proof


async def check(service: str, database: Database, kept: Kept) -> Finding:
    """In one snapshot. `kept` was read before: whatever was kept by then is in it."""
    async with (
        database.reading() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return await check_within(connection, service, kept)


async def check_within(transaction: Connection, service: str, kept: Kept) -> Finding:
    """Every leaf is still in the journal, every root still speaks for its leaves, and nothing stays unsealed."""
    finding = Finding(service, "signed checkpoints", counted=sum(map(len, kept.by_size.values())))
    finding.breaks += ["a checkpoint that was not signed by us"] * kept.forged
    finding.breaks += [one async for one in _rewritten(transaction, kept)]
    finding.breaks += await _never_sealed(transaction)
    return finding


async def _rewritten(connection: Connection, kept: Kept) -> AsyncIterator[str]:
    size, peaks, is_true = 0, merkle.Peaks(), True
    async for leaf, now in _leaves(connection):
        if now != leaf.hash:
            yield f"{leaf.aggregate_id} version {leaf.version}: not what was sealed"
        peaks = merkle.grown(peaks, size, leaf.digest())
        size += 1
        for checkpoint in kept.by_size.get(size, ()):
            if is_true and checkpoint.root != merkle.root(peaks).hex():
                is_true = False
                yield f"rewritten before {checkpoint.at.isoformat()}: its checkpoint speaks for other leaves"
    if kept.size > size:
        yield f"cut to {size} leaves: a checkpoint speaks for {kept.size}"


async def _leaves(connection: Connection) -> AsyncIterator[tuple[Leaf, bytes | None]]:
    rows = connection.cursor(
        """
        SELECT aggregate_id, version, sealed.hash, journal.hash AS now
        FROM sealed LEFT JOIN journal USING (aggregate_id, version) ORDER BY position
        """,
        prefetch=1000,
    )
    async for row in rows:
        yield Leaf(row["aggregate_id"], row["version"], row["hash"]), row["now"]


async def _never_sealed(connection: Connection) -> list[str]:
    rows = await connection.fetch(
        """
        SELECT aggregate_id FROM journal AS head
        WHERE NOT EXISTS (SELECT FROM unsealed WHERE unsealed.aggregate_id = head.aggregate_id)
        GROUP BY aggregate_id
        HAVING NOT EXISTS (
            SELECT FROM sealed
            WHERE (sealed.aggregate_id, sealed.version) = (head.aggregate_id, max(head.version))
        )
        """
    )
    return [f"{row['aggregate_id']}: kept from being sealed" for row in rows]


async def check_receipt(proof: Proof, database: Database, kept: Kept) -> list[Finding]:
    """Whether the history still holds what the receipt says, up to a checkpoint that was kept outside."""
    found = Finding(proof.service, "receipt in the history", counted=1)
    sealed = Finding(proof.service, "sealed under a kept checkpoint", counted=1)
    async with database.reading() as connection:
        entries = await _history(connection, proof.aggregate_id)
        act = next((entry for entry in entries if entry.hash == proof.hash), None)
        position = await _sealed_at(connection, act) if act else None
    if act is None:
        found.breaks.append("the history does not hold what the receipt says")
    if entries:
        head = entries[-1]
        broken = journal.verify(entries, expected_version=head.version, expected_head=head.hash)
        found.breaks += [f"version {broken.version}: {broken.why}"] if broken else []
    if position is None or position >= kept.size:
        sealed.waiting = 1
    return [found, sealed]


async def _history(connection: Connection, aggregate_id: UUID) -> list[journal.Entry]:
    rows = await connection.fetch(
        "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", aggregate_id
    )
    return [journal.from_row(row) for row in rows]


async def _sealed_at(connection: Connection, act: journal.Entry) -> int | None:
    position: int | None = await connection.fetchval(
        "SELECT min(position) FROM sealed WHERE aggregate_id = $1 AND version >= $2",
        act.aggregate_id,
        act.version,
    )
    return position
