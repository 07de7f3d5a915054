"""An alliance's own versions of what people may complain of. None is ever changed; a case keeps its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.complaints.categories import Catalogue, Subcategory, catalogue
from shared.charter.storage import Kept
from shared.persistence.database import Connection

_ROWS = TypeAdapter(tuple[Subcategory, ...])


@dataclass(frozen=True)
class Version:
    """One version of a subcategory, and who set it when."""

    entry: Subcategory
    set_by: UUID
    set_at: datetime


async def _load(connection: Connection, alliance_id: UUID) -> tuple[UUID, Catalogue]:
    row = await connection.fetchrow(
        """
        SELECT revision, (
            SELECT coalesce(jsonb_agg(entry), '[]') FROM (
                SELECT DISTINCT ON (code) entry FROM subcategory_versions
                WHERE alliance_id = $1
                ORDER BY code, version DESC
            ) AS newest
        ) AS entries
        FROM charters WHERE alliance_id = $1
        """,
        alliance_id,
    )
    assert row is not None  # noqa: S101
    return row["revision"], catalogue().with_own(_ROWS.validate_json(row["entries"]))


CATALOGUES = Kept(catalogue(), _load)


async def add_version(tx: Connection, alliance_id: UUID, entry: Subcategory, by: UUID, now: datetime) -> None:
    """The next version of a subcategory."""
    await tx.execute(
        """
        INSERT INTO subcategory_versions (alliance_id, code, version, entry, set_by, set_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        alliance_id,
        entry.code,
        entry.version,
        entry.model_dump_json(by_alias=True),
        by,
        now,
    )


async def versions_of(connection: Connection, alliance_id: UUID, code: str) -> Sequence[Version]:
    """All versions the alliance set, the newest first."""
    rows = await connection.fetch(
        """
        SELECT entry, set_by, set_at FROM subcategory_versions
        WHERE alliance_id = $1 AND code = $2
        ORDER BY version DESC
        """,
        alliance_id,
        code,
    )
    return [
        Version(Subcategory.model_validate_json(row["entry"]), row["set_by"], row["set_at"]) for row in rows
    ]


async def subcategory_of(
    connection: Connection, alliance_id: UUID, code: str, version: int
) -> Subcategory | None:
    """The subcategory as it stood when a case was filed under it."""
    if version == 0:
        return catalogue().find(code)
    entry = await connection.fetchval(
        "SELECT entry FROM subcategory_versions WHERE alliance_id = $1 AND code = $2 AND version = $3",
        alliance_id,
        code,
        version,
    )
    return Subcategory.model_validate_json(entry)
