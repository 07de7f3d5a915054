"""Anonymous matters by their reference, and how often somebody guessed at their secret."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from shared.persistence.database import Connection

GUESSES = 5
PAUSE = timedelta(minutes=15)


async def anonymous_case(tx: Connection, reference: str, now: datetime) -> UUID | None:
    """The anonymous case of that reference, held, unless its secret was guessed at too often a moment ago."""
    found: UUID | None = await tx.fetchval(
        """
        SELECT id FROM cases LEFT JOIN lookup_guesses ON case_id = id
        WHERE reference = $1 AND state #>> '{file,identity}' = 'anonymous'
            AND (paused_until IS NULL OR paused_until <= $2)
        FOR UPDATE OF cases
        """,
        reference,
        now,
    )
    return found


async def case_to_open(tx: Connection, reference: str, now: datetime) -> UUID | None:
    """The case of that reference, held, unless a secret of its was guessed at too often a moment ago."""
    found: UUID | None = await tx.fetchval(
        """
        SELECT id FROM cases LEFT JOIN lookup_guesses ON case_id = id
        WHERE reference = $1 AND told AND (paused_until IS NULL OR paused_until <= $2)
        FOR UPDATE OF cases
        """,
        reference,
        now,
    )
    return found


async def count_wrong_secret(tx: Connection, case_id: UUID, now: datetime) -> None:
    """One wrong guess more; after a few nobody may guess for a while, the right one neither."""
    await tx.execute(
        """
        INSERT INTO lookup_guesses AS guesses (case_id, wrong) VALUES ($1, 1)
        ON CONFLICT (case_id) DO UPDATE SET
            wrong = (guesses.wrong + 1) % $2,
            paused_until = CASE WHEN guesses.wrong + 1 = $2 THEN $3::timestamptz END
        """,
        case_id,
        GUESSES,
        now + PAUSE,
    )


async def forget_wrong_secrets(tx: Connection, case_id: UUID) -> None:
    """Who has the secret starts afresh."""
    await tx.execute("DELETE FROM lookup_guesses WHERE case_id = $1", case_id)
