"""All SQL of the portal: sessions, and the files chosen for what is not sent yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.persistence.database import Connection


async def session(connection: Connection, id: bytes, now: datetime) -> bytes | None:
    """The sealed session, or None when there is none any more."""
    sealed: bytes | None = await connection.fetchval(
        "SELECT sealed FROM sessions WHERE id = $1 AND expires_at > $2", id, now
    )
    return sealed


async def lock_session(tx: Connection, id: bytes, now: datetime) -> bytes | None:
    """The same, and nobody else changes it meanwhile: two tabs must not refresh one token pair twice."""
    sealed: bytes | None = await tx.fetchval(
        "SELECT sealed FROM sessions WHERE id = $1 AND expires_at > $2 FOR UPDATE", id, now
    )
    return sealed


async def save_session(tx: Connection, id: bytes, sealed: bytes, expires_at: datetime) -> None:
    """Keeps the session until `expires_at`."""
    await tx.execute(
        """
        INSERT INTO sessions (id, sealed, expires_at) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at
        """,
        id,
        sealed,
        expires_at,
    )


async def forget_session(tx: Connection, id: bytes) -> None:
    """Signs the browser out, whatever cookie it still holds."""
    await tx.execute("DELETE FROM sessions WHERE id = $1", id)


async def forget_expired(tx: Connection, now: datetime) -> None:
    """Lets go of sessions that nobody can use any more, and of files that nobody sent in time."""
    await tx.execute("DELETE FROM sessions WHERE expires_at <= $1", now)
    await tx.execute("DELETE FROM kept_files WHERE expires_at <= $1", now)


async def keep_file(
    tx: Connection, id: bytes, *, owner: bytes, label: bytes, content: bytes, expires_at: datetime
) -> None:
    """Puts a file aside until `expires_at`, or until it is sent."""
    await tx.execute(
        "INSERT INTO kept_files (id, owner, label, content, expires_at) VALUES ($1, $2, $3, $4, $5)",
        id,
        owner,
        label,
        content,
        expires_at,
    )


async def forget_oldest_files(tx: Connection, owner: bytes, *, most: int, most_bytes: int) -> None:
    """Of what one person has put aside and not sent, only the newest stay."""
    await tx.execute(
        """
        DELETE FROM kept_files
        WHERE id IN (
            SELECT id
            FROM (
                SELECT id, count(*) OVER newest AS files, sum(octet_length(content)) OVER newest AS bytes
                FROM kept_files
                WHERE owner = $1 AND octet_length(content) > 0
                WINDOW newest AS (ORDER BY expires_at DESC, id ROWS UNBOUNDED PRECEDING)
            ) AS kept
            WHERE files > $2 OR bytes > $3
        )
        """,
        owner,
        most,
        most_bytes,
    )


async def file_labels(
    connection: Connection, ids: Sequence[bytes], now: datetime, *, sent_too: bool
) -> dict[bytes, bytes]:
    """What is said of each file that is still there, of those `sent_too` if the same form may have taken them along."""
    rows = await connection.fetch(
        "SELECT id, label FROM kept_files WHERE id = ANY($1) AND expires_at > $2 AND ($3 OR content <> '')",
        ids,
        now,
        sent_too,
    )
    return {row["id"]: row["label"] for row in rows}


async def file_content(connection: Connection, id: bytes) -> tuple[bytes, UUID | None]:
    """The file itself, empty where it was sent or is gone, and to which case it was sent."""
    row = await connection.fetchrow("SELECT content, brought_to FROM kept_files WHERE id = $1", id)
    return (row["content"], row["brought_to"]) if row else (b"", None)


async def empty_file(tx: Connection, id: bytes, *, brought_to: UUID) -> None:
    """It was sent, and to which case stays known: the same form may be sent again."""
    await tx.execute("UPDATE kept_files SET content = '', brought_to = $2 WHERE id = $1", id, brought_to)


async def forget_file(tx: Connection, id: bytes) -> None:
    """Somebody thought better of it."""
    await tx.execute("DELETE FROM kept_files WHERE id = $1", id)
