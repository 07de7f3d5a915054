"""Cases by the reference that people name: of whose case it is, nobody else finds one by it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from shared.persistence.database import Connection


async def cases_named(
    connection: Connection, references: Sequence[str], alliance_id: UUID
) -> dict[str, UUID]:
    """The alliance's cases of these references."""
    rows = await connection.fetch(
        "SELECT reference, id FROM cases WHERE reference = ANY ($1::text[]) AND alliance_id = $2",
        references,
        alliance_id,
    )
    return {row["reference"]: row["id"] for row in rows}


async def case_complained_of_by(
    connection: Connection, members: Sequence[UUID], reference: str, alliance_id: UUID
) -> UUID | None:
    """The case of that reference, where one of these members is its complainant."""
    found: UUID | None = await connection.fetchval(
        """
        SELECT id FROM cases
        WHERE reference = $1 AND alliance_id = $2
          AND EXISTS (SELECT FROM parties
                      WHERE case_id = cases.id AND side = 'complainant' AND member_id = ANY ($3::uuid[]))
        """,
        reference,
        alliance_id,
        members,
    )
    return found


async def case_known_to_party(
    connection: Connection, members: Sequence[UUID], reference: str, alliance_id: UUID
) -> UUID | None:
    """The case of that reference, where one of these members is a party that may know of it."""
    found: UUID | None = await connection.fetchval(
        """
        SELECT id FROM cases
        WHERE reference = $1 AND alliance_id = $2
          AND EXISTS (SELECT FROM parties
                      WHERE case_id = cases.id AND standing <> 'invited'
                        AND (side = 'complainant' OR cases.told)
                        AND member_id = ANY ($3::uuid[]))
        """,
        reference,
        alliance_id,
        members,
    )
    return found
