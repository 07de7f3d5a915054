"""Cases that are handled with another one, their lead."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.complaints.decisions.state import Case
from services.complaints.storage.cases import STATES, words_of
from shared.persistence.database import Connection


async def joined_to(tx: Connection, lead_case_id: UUID) -> list[UUID]:
    """The cases handled with this one, held until the transaction ends."""
    rows = await tx.fetch(
        """
        SELECT id FROM cases
        WHERE state_type = 'Joined' AND lead_case_id = $1
        ORDER BY id
        FOR UPDATE
        """,
        lead_case_id,
    )
    return [row["id"] for row in rows]


async def joined_by(tx: Connection, lead_case_id: UUID, members: Sequence[UUID]) -> list[UUID]:
    """Of the cases handled with this one those that these members filed, held until the transaction ends."""
    rows = await tx.fetch(
        """
        SELECT id FROM cases
        WHERE state_type = 'Joined' AND lead_case_id = $1
          AND EXISTS (SELECT FROM parties
                      WHERE case_id = cases.id AND side = 'complainant' AND standing = 'party'
                        AND member_id = ANY ($2::uuid[]))
        ORDER BY id
        FOR UPDATE
        """,
        lead_case_id,
        members,
    )
    return [row["id"] for row in rows]


async def count_joined(connection: Connection, lead_case_id: UUID) -> int:
    """How many cases are or were handled with this one to their end."""
    count: int = await connection.fetchval("SELECT count(*) FROM cases WHERE lead_case_id = $1", lead_case_id)
    return count


async def joined_cases(connection: Connection, lead_case_id: UUID) -> list[tuple[Case, str]]:
    """The cases handled with this one, and their words: in the order of their random ids, which tells nothing."""
    rows = await connection.fetch(
        """
        SELECT state_type, state, type, coalesce(payload, remains) AS payload
        FROM cases
        JOIN journal ON journal.aggregate_id = cases.id AND journal.version = 1
        WHERE lead_case_id = $1
        ORDER BY cases.id
        """,
        lead_case_id,
    )
    return [(STATES.load(row["state_type"], row["state"]), words_of(row)) for row in rows]
