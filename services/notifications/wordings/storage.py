"""SQL of the alliance's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.notifications.notice import Words
from services.notifications.wordings.decisions import Worded, Wording
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change
from shared.texts import Language


@dataclass(frozen=True)
class Version:
    """What was said from then on, None for the standard again, and who saw to it."""

    version: int
    words: Words | None
    set_by: UUID
    set_at: datetime


async def lock_wording(tx: Connection, alliance_id: UUID, one: Worded) -> Aggregate[Wording]:
    """How it stands, held against others who would change it; there may be no row to lock yet."""
    wording_id = uuid5(alliance_id, f"wording {one.kind} {one.language}")
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", str(wording_id))
    row = await tx.fetchrow(
        """
        SELECT version, head, title, body, dates FROM wordings
        WHERE (alliance_id, kind, language) = ($1, $2, $3)
        ORDER BY version DESC
        LIMIT 1
        """,
        alliance_id,
        one.kind,
        one.language,
    )
    if row is None:
        return Aggregate(wording_id, alliance_id, Wording(one))
    state = Wording(one, _words(row))
    return Aggregate(wording_id, alliance_id, state, row["version"], row["head"])


async def save_wording(tx: Connection, change: Change[Wording], *, by: UUID | None, now: datetime) -> None:
    """The next version, with its journal."""
    after = change.after
    own = after.state.own
    await saving.save(
        tx,
        change,
        """
        INSERT INTO wordings (id, alliance_id, kind, language, version, head, title, body, dates, set_by, set_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        after.id,
        after.alliance_id,
        after.state.of.kind,
        after.state.of.language,
        after.version,
        after.head,
        own and own.title,
        own and own.body,
        own and own.dates,
        by,
        now,
    )


async def versions_of(connection: Connection, alliance_id: UUID, one: Worded) -> Sequence[Version]:
    """Every version, the newest first."""
    rows = await connection.fetch(
        """
        SELECT version, title, body, dates, set_by, set_at FROM wordings
        WHERE (alliance_id, kind, language) = ($1, $2, $3)
        ORDER BY version DESC
        """,
        alliance_id,
        one.kind,
        one.language,
    )
    return [Version(row["version"], _words(row), row["set_by"], row["set_at"]) for row in rows]


async def own_words_of(connection: Connection, alliance_id: UUID) -> Mapping[str, Mapping[Language, Words]]:
    """What the alliance says in its own words now, by kind and language."""
    rows = await connection.fetch(
        """
        SELECT kind, language, title, body, dates
        FROM (SELECT DISTINCT ON (kind, language) * FROM wordings
              WHERE alliance_id = $1
              ORDER BY kind, language, version DESC) AS newest
        WHERE title IS NOT NULL
        """,
        alliance_id,
    )
    found: dict[str, dict[Language, Words]] = {}
    for row in rows:
        found.setdefault(row["kind"], {})[row["language"]] = Words(
            title=row["title"], body=row["body"], dates=row["dates"]
        )
    return found


def _words(row: Any) -> Words | None:
    if row["title"] is None:
        return None
    return Words(title=row["title"], body=row["body"], dates=row["dates"])
