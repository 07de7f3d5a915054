"""The open cases that may be the same matter: same alliance, place or building, category and time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.complaints.similar import Complaint, Known
from services.complaints.storage.cases import STATES, words_of
from shared.persistence.database import Connection

_MOST = 200


async def alike_cases(
    connection: Connection, complaint: Complaint, alliance_id: UUID, *, since: datetime, not_of: UUID | None
) -> list[Known]:
    """The newest ones that move by themselves, without those `not_of` is concerned in: nobody is told here
    of what is said about them. Words that were erased are none."""
    rows = await connection.fetch(
        """
        SELECT state_type, state, type, coalesce(payload, remains) AS payload
        FROM cases
        JOIN journal ON journal.aggregate_id = cases.id AND journal.version = 1
        WHERE cases.alliance_id = $1
          AND category = $2
          AND (place_id = $3 OR building_id = $4)
          AND stage NOT IN ('review', 'closed') AND state_type <> 'Joined'
          AND occurred_at >= $5
          AND NOT EXISTS (SELECT FROM parties WHERE case_id = cases.id AND member_id = $6)
        ORDER BY occurred_at DESC
        LIMIT $7
        """,
        alliance_id,
        complaint.category,
        complaint.place_id,
        complaint.building_id,
        since,
        not_of,
        _MOST,
    )
    return [Known(STATES.load(row["state_type"], row["state"]).file, words_of(row)) for row in rows]


async def place_of(connection: Connection, place_id: UUID) -> tuple[UUID, UUID | None] | None:
    """The alliance and the building of a place."""
    row = await connection.fetchrow(
        "SELECT alliance_id, building_id FROM places WHERE place_id = $1", place_id
    )
    return (row["alliance_id"], row["building_id"]) if row else None
