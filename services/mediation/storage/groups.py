"""Whose case is handled with which, as complaints told it last."""

from __future__ import annotations

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


async def forget_joined(tx: Connection, case_id: UUID) -> None:
    """It is handled on its own again, or has ended."""
    await tx.execute("DELETE FROM known_joined WHERE case_id = $1", case_id)


async def joined_to(connection: Connection, lead_case_id: UUID) -> tuple[UUID, ...]:
    """The members whose cases are handled with this one, in the order of their ids."""
    rows = await connection.fetch(
        "SELECT DISTINCT member_id FROM known_joined WHERE lead_case_id = $1 ORDER BY member_id", lead_case_id
    )
    return tuple(row["member_id"] for row in rows)
