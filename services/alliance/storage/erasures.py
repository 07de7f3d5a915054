"""Erasures as rows, and a member's entry emptied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.alliance.decisions.erasing import Erasure, Event
from shared.contracts.topics import CONTACTS
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

EVENTS: Codec[Event] = Codec(Event)
_STATES: Codec[Any] = Codec(Erasure)


@dataclass(frozen=True)
class Known:
    """An erasure and when it was asked for."""

    id: UUID
    state: Erasure
    asked_at: datetime


async def lock_erasure(tx: Connection, erasure_id: UUID) -> Aggregate[Erasure]:
    """Held until the transaction ends. Raises NotFound."""
    row = await tx.fetchrow(
        """
        SELECT id, alliance_id, state_type, state, version, head FROM erasures
        WHERE id = $1 FOR UPDATE
        """,
        erasure_id,
    )
    if row is None:
        raise NotFound
    state = _STATES.load(row["state_type"], row["state"])
    return Aggregate(row["id"], row["alliance_id"], state, row["version"], row["head"])


async def save_erasure(tx: Connection, change: Change[Any], number: bytes, now: datetime) -> None:
    """With journal and outbox in one statement; `number` and `now` are a new one's."""
    after = change.after
    state_type, state = _STATES.dump(after.state)
    await saving.save(
        tx,
        change,
        """
        INSERT INTO erasures (id, alliance_id, member_id, version, head, state_type, state, asked_at, number)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE
        SET version = excluded.version, head = excluded.head, state_type = excluded.state_type,
            state = excluded.state
        """,
        after.id,
        after.alliance_id,
        after.state.member_id,
        after.version,
        after.head,
        state_type,
        state.decode(),
        now,
        number,
    )


async def under_way_for(connection: Connection, member_id: UUID) -> Known | None:
    """The one that is not settled yet."""
    row = await connection.fetchrow(
        f"{_KNOWN} WHERE member_id = $1 AND state_type IN ('Weighing', 'Erasing')", member_id
    )
    return _known(row) if row else None


async def erasure_by_number(connection: Connection, number: bytes) -> Known:
    """The one whose receipt the number shows. Raises NotFound."""
    row = await connection.fetchrow(f"{_KNOWN} WHERE number = $1", number)
    if row is None:
        raise NotFound
    return _known(row)


async def erasures_of(connection: Connection, alliance_id: UUID | None) -> Sequence[Known]:
    """Of an alliance: what is under way, the oldest first, then the two hundred that were settled last."""
    rows = await connection.fetch(
        f"""
        (
            {_KNOWN} WHERE alliance_id = $1 AND state_type IN ('Weighing', 'Erasing') ORDER BY asked_at
        )
        UNION ALL
        (
            {_KNOWN} WHERE alliance_id = $1 AND state_type NOT IN ('Weighing', 'Erasing')
            ORDER BY asked_at DESC LIMIT 200
        )
        """,
        alliance_id,
    )
    return [_known(row) for row in rows]


_KNOWN = "SELECT id, state_type, state, asked_at FROM erasures"


def _known(row: asyncpg.Record) -> Known:
    return Known(row["id"], _STATES.load(row["state_type"], row["state"]), row["asked_at"])


async def empty_entry(tx: Connection, member_id: UUID, now: datetime, today: date) -> dict[str, int]:
    """Everything beside the entry itself: how many words of its history, sessions, links and marks are gone.

    The journal keeps the leaves of its proofs, and of the contacts' outbox what the bus has had already.
    """
    row = await tx.fetchrow(
        _EMPTY,
        member_id,
        now,
        today,
        CONTACTS,
    )
    assert row is not None  # noqa: S101 - the statement always returns one
    return dict(row)


_EMPTY = """
WITH words AS (
    UPDATE journal SET payload = NULL, salt = NULL
    WHERE aggregate_id = $1 AND payload IS NOT NULL AND type <> 'MemberErased'
    RETURNING 1
),
sent AS (
    UPDATE outbox SET payload = NULL WHERE topic = $4 AND aggregateid = $1 AND payload IS NOT NULL
),
signed_in AS (
    DELETE FROM sessions WHERE member_id = $1 RETURNING 1
),
links AS (
    UPDATE invitations SET withdrawn_at = $2
    WHERE invited_by = $1 AND withdrawn_at IS NULL AND accepted_at IS NULL
),
marks AS (
    DELETE FROM carried_help
    WHERE marked_by = $1
      AND NOT EXISTS (SELECT FROM occupancies
                      WHERE occupancies.place_id = carried_help.place_id AND member_id <> $1
                        AND (until_day IS NULL OR until_day >= $3))
    RETURNING 1
)
SELECT (SELECT count(*) FROM words) AS history, (SELECT count(*) FROM signed_in) AS sessions,
       (SELECT count(*) FROM marks) AS carried_help
"""
