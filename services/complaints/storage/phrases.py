"""What an alliance says often, in its own words, for whoever writes to the parties or records their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.persistence.database import Connection

UsedIn = Literal["message", "work"]


@dataclass(frozen=True)
class Phrase:
    """One of them; English is empty where nobody has written it."""

    id: UUID
    used_in: UsedIn
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str


async def phrases_of(connection: Connection, alliance_id: UUID) -> list[Phrase]:
    """All of an alliance, those of a kind together."""
    rows = await connection.fetch(
        """
        SELECT id, used_in, title_zh, title_en, text_zh, text_en
        FROM phrases WHERE alliance_id = $1
        ORDER BY used_in, title_zh, id
        """,
        alliance_id,
    )
    return [Phrase(**dict(row)) for row in rows]


async def keep_phrase(tx: Connection, alliance_id: UUID, phrase: Phrase, *, now: datetime, most: int) -> bool:
    """Keeps it, in place of what it was; False where there are `most` others, or it is another alliance's."""
    kept = await tx.fetchval(
        """
        INSERT INTO phrases (id, alliance_id, used_in, title_zh, title_en, text_zh, text_en, kept_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8
        WHERE (SELECT count(*) FROM phrases WHERE alliance_id = $2 AND id <> $1) < $9
        ON CONFLICT (id) DO UPDATE SET
            used_in = excluded.used_in,
            title_zh = excluded.title_zh,
            title_en = excluded.title_en,
            text_zh = excluded.text_zh,
            text_en = excluded.text_en,
            kept_at = excluded.kept_at
        WHERE phrases.alliance_id = excluded.alliance_id
        RETURNING true
        """,
        phrase.id,
        alliance_id,
        phrase.used_in,
        phrase.title_zh,
        phrase.title_en,
        phrase.text_zh,
        phrase.text_en,
        now,
        most,
    )
    return bool(kept)


async def forget_phrase(tx: Connection, alliance_id: UUID, phrase_id: UUID) -> None:
    """Lets go of one; of one that is not there, too."""
    await tx.execute("DELETE FROM phrases WHERE alliance_id = $1 AND id = $2", alliance_id, phrase_id)
