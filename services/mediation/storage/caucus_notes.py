"""The sealed notes. Nothing else in this service reads or writes their table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mediation.state import Side
from shared.persistence.database import Connection


@dataclass(frozen=True)
class CaucusNote:
    """What one side said in confidence, in the mediator's words."""

    id: UUID
    side: Side
    text: str
    written_at: datetime


async def seal(
    tx: Connection, note: CaucusNote, *, mediation_id: UUID, alliance_id: UUID, author_id: UUID
) -> None:
    await tx.execute(
        """
        INSERT INTO caucus_notes (id, mediation_id, alliance_id, author_id, side, words, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        note.id,
        mediation_id,
        alliance_id,
        author_id,
        note.side,
        note.text,
        note.written_at,
    )


async def notes_of_their_author(
    connection: Connection, mediation_id: UUID, author_id: UUID
) -> list[CaucusNote]:
    """For whoever wrote them, while they lead the mediation; for nobody else, whatever their role."""
    rows = await connection.fetch(
        """
        SELECT note.id, note.side, note.words AS text, note.written_at
        FROM caucus_notes AS note JOIN mediations ON mediations.id = note.mediation_id
        WHERE note.mediation_id = $1 AND note.author_id = $2 AND mediations.mediator_id = $2
        ORDER BY note.written_at, note.id
        """,
        mediation_id,
        author_id,
    )
    return [CaucusNote(**dict(row)) for row in rows]
