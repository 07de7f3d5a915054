"""Whose case is handled with which, as complaints told it last."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.persistence.database import Connection


async def keep_joined(tx: Connection, case_id: UUID, lead_case_id: UUID, member_id: UUID) -> None:
    """Somebody's case is handled with a lead."""
    await tx.execute(
        """
        INSERT INTO known_joined (case_id, lead_case_id, member_id) VALUES ($1, $2, $3)
        ON CONFLICT (case_id) DO UPDATE SET lead_case_id = excluded.lead_case_id
        """,
        case_id,
        lead_case_id,
        member_id,
    )


async def forget_joined(tx: Connection, case_id: UUID) -> UUID | None:
    """It is handled on its own again, or has ended; gives the lead it was handled with."""
    lead: UUID | None = await tx.fetchval(
        "DELETE FROM known_joined WHERE case_id = $1 RETURNING lead_case_id", case_id
    )
    return lead


async def keep_drawn(tx: Connection, case_id: UUID, drawn: Sequence[UUID], seats: int) -> None:
    """Who was drawn to speak at the session of a case, in the order of the lot: it is drawn once."""
    await tx.execute(
        """
        INSERT INTO known_speakers (case_id, drawn, seats) VALUES ($1, $2, $3)
        ON CONFLICT (case_id) DO NOTHING
        """,
        case_id,
        drawn,
        seats,
    )


async def drawn_for(tx: Connection, case_id: UUID) -> tuple[tuple[UUID, ...], int]:
    """Of those who were drawn whoever still complains with the others, in the order of the lot, and the seats."""
    row = await tx.fetchrow(
        """
        SELECT seats, ARRAY(
            SELECT one FROM unnest(drawn) WITH ORDINALITY AS lot (one, place)
            WHERE EXISTS (SELECT FROM known_joined WHERE lead_case_id = $1 AND member_id = one)
            ORDER BY place
        ) AS drawn
        FROM known_speakers WHERE case_id = $1
        """,
        case_id,
    )
    return (tuple(row["drawn"]), row["seats"]) if row else ((), 0)


async def joined_to(connection: Connection, lead_case_id: UUID) -> tuple[UUID, ...]:
    """The members whose cases are handled with this one, in the order of their ids."""
    rows = await connection.fetch(
        "SELECT DISTINCT member_id FROM known_joined WHERE lead_case_id = $1 ORDER BY member_id", lead_case_id
    )
    return tuple(row["member_id"] for row in rows)
