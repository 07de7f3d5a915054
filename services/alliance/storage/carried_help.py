"""Homes from which somebody must be carried, kept beside the register and deleted with the mark."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.alliance.decisions.carried_help import Consent, Home
from shared.errors import NotFound
from shared.persistence.database import Connection


async def home(tx: Connection, place_id: UUID, member_id: UUID | None, today: date) -> Home:
    """The flat of that id. Raises NotFound for any other kind of place."""
    row = await tx.fetchrow(
        """
        SELECT id, alliance_id, building_id, EXISTS (
            SELECT FROM occupancies AS one
            WHERE one.place_id = places.id AND member_id = $2 AND one.kind = 'lives'
              AND (until_day IS NULL OR until_day >= $3)
        ) AS is_own
        FROM places WHERE id = $1 AND kind = 'unit'
        """,
        place_id,
        member_id,
        today,
    )
    if row is None:
        raise NotFound
    return Home(row["id"], row["alliance_id"], row["building_id"], row["is_own"])


async def mark(tx: Connection, home: Home, *, by: UUID, consent: Consent, now: datetime) -> None:
    """Somebody must be carried out of it."""
    await tx.execute(
        """
        INSERT INTO carried_help (place_id, alliance_id, marked_by, consent, marked_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (place_id) DO UPDATE
        SET marked_by = excluded.marked_by, consent = excluded.consent, marked_at = excluded.marked_at
        """,
        home.place_id,
        home.alliance_id,
        by,
        consent,
        now,
    )


async def clear(tx: Connection, place_id: UUID) -> None:
    """Nobody needs it there any more, and nothing of it is kept."""
    await tx.execute("DELETE FROM carried_help WHERE place_id = $1", place_id)


async def keep_look(
    tx: Connection, building_id: UUID, *, by: UUID, case_id: UUID | None, now: datetime
) -> None:
    """Who looked, when, and for which case."""
    await tx.execute(
        "INSERT INTO carried_help_looks (building_id, looked_by, case_id, looked_at) VALUES ($1, $2, $3, $4)",
        building_id,
        by,
        case_id,
        now,
    )
