"""A person taken out of this service's tables."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.complaints.events.inquiring import QuestionAnswered
from services.complaints.storage.inquiries import INQUIRY_EVENTS
from shared.erasure.storage import take_words
from shared.persistence.database import Connection


async def unbind(tx: Connection, member_id: UUID, case_ids: Sequence[UUID]) -> None:
    """Nobody is behind their parties of these cases any more."""
    await tx.execute(
        "DELETE FROM parties WHERE member_id = $1 AND case_id = ANY ($2::uuid[])", member_id, case_ids
    )


async def forget_neighbour(tx: Connection, member_id: UUID) -> None:
    """What the alliance told of them, and the filters they kept."""
    await tx.execute(
        """
        WITH filters AS (DELETE FROM kept_filters WHERE member_id = $1),
             offices_held AS (DELETE FROM offices WHERE member_id = $1),
             homes AS (DELETE FROM occupancies WHERE member_id = $1)
        DELETE FROM members WHERE member_id = $1
        """,
        member_id,
    )


async def take_private_answers(tx: Connection, member_id: UUID) -> tuple[int, int]:
    """What they answered as a neighbour goes, of matters that have ended, and so does who was asked.

    How many went, and how many stay with who said them until their matter has ended.
    """
    rows = await tx.fetch(
        """
        SELECT aggregate_id, journal.version, type, payload, ask_id, stage = 'closed' AS is_over
        FROM asks
        JOIN inquiries ON inquiries.id = inquiry_id
        JOIN cases ON cases.id = case_id
        JOIN journal ON aggregate_id = inquiry_id AND type = 'QuestionAnswered' AND payload IS NOT NULL
        WHERE member_id = $1
        """,
        member_id,
    )
    taken, staying = 0, list[UUID]()
    for row in rows:
        said = INQUIRY_EVENTS.load(row["type"], row["payload"])
        if not isinstance(said, QuestionAnswered) or said.ask_id != row["ask_id"]:
            continue
        if not row["is_over"]:
            staying.append(said.ask_id)
            continue
        _, remains = INQUIRY_EVENTS.dump(_silent(said))
        taken += await take_words(tx, row["aggregate_id"], {row["version"]: remains})
    await tx.execute(
        "UPDATE asks SET member_id = NULL WHERE member_id = $1 AND ask_id <> ALL ($2::uuid[])",
        member_id,
        staying,
    )
    return taken, len(staying)


def _silent(said: QuestionAnswered) -> QuestionAnswered:
    return QuestionAnswered(
        said.on, said.ask_id, "", said.shared_with, own_statement=said.own_statement, entered=said.entered
    )
