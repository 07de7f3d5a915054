"""A person taken out of this service's tables."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from services.mediation.decisions.erasing import without_words
from shared.persistence.database import Connection


async def ended_at(connection: Connection, mediation_id: UUID) -> datetime:
    """When the last step of it was taken."""
    at: datetime = await connection.fetchval(
        "SELECT max(occurred_at) FROM journal WHERE aggregate_id = $1", mediation_id
    )
    return at


async def empty_file(tx: Connection, mediation_id: UUID) -> bool:
    """What anybody said in it goes, from state, journal, sealed notes and packs for the court; the chain's leaves stay.

    Whether anything was left.
    """
    state: str = await tx.fetchval("SELECT state FROM mediations WHERE id = $1 FOR UPDATE", mediation_id)
    emptied = without_words(json.loads(state))
    await tx.execute("UPDATE mediations SET state = $2 WHERE id = $1", mediation_id, json.dumps(emptied))
    await tx.execute("DELETE FROM caucus_notes WHERE mediation_id = $1", mediation_id)
    await tx.execute("DELETE FROM handovers WHERE mediation_id = $1", mediation_id)
    rows = await tx.fetch(
        """
        UPDATE journal SET payload = NULL, salt = NULL
        WHERE aggregate_id = $1 AND payload IS NOT NULL
        RETURNING version
        """,
        mediation_id,
    )
    return bool(rows)


async def forget_person(tx: Connection, member_id: UUID) -> int:
    """What the alliance told of them, and what they said of themselves as a mediator; none where it had gone."""
    known = await tx.fetch(
        """
        WITH profile AS (DELETE FROM mediator_profiles WHERE mediator_id = $1),
             hours AS (DELETE FROM mediator_availability WHERE mediator_id = $1),
             feed AS (DELETE FROM calendar_feeds WHERE mediator_id = $1),
             homes AS (DELETE FROM known_occupancies WHERE member_id = $1),
             kin AS (DELETE FROM known_kin WHERE member_id = $1 OR relative_id = $1),
             joined AS (DELETE FROM known_joined WHERE member_id = $1),
             lots AS (UPDATE known_speakers SET drawn = array_remove(drawn, $1) WHERE $1 = ANY (drawn))
        DELETE FROM known_members WHERE member_id = $1 RETURNING member_id
        """,
        member_id,
    )
    return len(known)
