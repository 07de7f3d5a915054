"""Notices: what lies in somebody's inbox, and that it was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.notifications.audiences import Recipient, Roster
from services.notifications.notice import Facts
from services.notifications.storage.rows import Reading, about_of
from services.notifications.wishes import Rhythm
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change


async def roster(tx: Connection, *, alliance_id: UUID, case_id: UUID, building_id: UUID | None) -> Roster:
    """Who coordinates the alliance, who has been told of the case, and who looks after the building."""
    [row] = await tx.fetch(
        """
        SELECT ARRAY(SELECT member_id FROM members
                     WHERE alliance_id = $1 AND 'coordinator' = ANY (roles)
                     ORDER BY member_id) AS coordinators,
               ARRAY(SELECT DISTINCT recipient_id FROM notices WHERE case_id = $2) AS told,
               ARRAY(SELECT member_id FROM members WHERE alliance_id = $1 AND $3 = ANY (captain_of)
                     ORDER BY member_id) AS captains
        """,
        alliance_id,
        case_id,
        building_id,
    )
    return Roster(tuple(row["coordinators"]), frozenset(row["told"]), tuple(row["captains"]))


async def add_notices(
    tx: Connection,
    recipients: Sequence[Recipient],
    *,
    event_id: UUID,
    alliance_id: UUID,
    case_id: UUID,
    reference: str,
    facts: Sequence[Facts],
    mailed: Sequence[Rhythm],
    pushed: Sequence[bool],
    next_summary: datetime,
    traceparent: str | None,
    now: datetime,
) -> None:
    """Everybody's inbox row, and a mail to those `mailed`, at once or in their summary; once for each event and person.

    `facts`, `mailed` and `pushed` are in the order of the recipients: not everybody may be told the same.
    """
    notice_ids = [new_id() for _ in recipients]
    mails = [(one, rhythm) for one, rhythm in zip(notice_ids, mailed, strict=True) if rhythm != "never"]
    pushes = [one for one, wanted in zip(notice_ids, pushed, strict=True) if wanted]
    await tx.execute(
        """
        WITH told AS (
            INSERT INTO notices (id, alliance_id, event_id, recipient_id, side, kind, case_id, reference,
                                 facts, traceparent, created_at)
            SELECT notice_id, $1, $2, member_id, side, kind, $3, $4, facts, $5, $6
            FROM unnest($7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::jsonb[])
                 AS recipient (notice_id, member_id, side, kind, facts)
            ON CONFLICT (event_id, recipient_id) DO NOTHING
            RETURNING id, recipient_id
        )
        INSERT INTO deliveries (id, notice_id, alliance_id, event_id, recipient_id, case_id, channel, state,
                                created_at, settled_at, gathered_until)
        SELECT delivery_id, told.id, $1, $2, told.recipient_id, $3, channel,
               CASE channel WHEN 'inbox' THEN 'accepted' ELSE 'pending' END,
               $6, CASE channel WHEN 'inbox' THEN $6 END, gathered_until
        FROM unnest($12::uuid[], $13::uuid[], $14::text[], $15::timestamptz[])
             AS delivery (notice_id, delivery_id, channel, gathered_until)
             JOIN told ON told.id = delivery.notice_id
        """,
        alliance_id,
        event_id,
        case_id,
        reference,
        traceparent,
        now,
        notice_ids,
        [recipient.member_id for recipient in recipients],
        [recipient.side for recipient in recipients],
        [recipient.kind for recipient in recipients],
        [each.model_dump_json(exclude_none=True) for each in facts],
        [*notice_ids, *(one for one, _ in mails), *pushes],
        [new_id() for _ in (*notice_ids, *mails, *pushes)],
        ["inbox" for _ in notice_ids] + ["mail" for _ in mails] + ["push" for _ in pushes],
        [
            *(None for _ in notice_ids),
            *(next_summary if rhythm == "daily" else None for _, rhythm in mails),
            *(None for _ in pushes),
        ],
    )


async def kind_of(connection: Connection, notice_id: UUID) -> str:
    """What the notice is about. Raises NotFound."""
    kind: str | None = await connection.fetchval("SELECT kind FROM notices WHERE id = $1", notice_id)
    if kind is None:
        raise NotFound
    return kind


async def lock_notice(tx: Connection, notice_id: UUID, *, recipient_id: UUID | None) -> Aggregate[Reading]:
    """The recipient's notice. Raises NotFound, also for somebody else's."""
    row = await tx.fetchrow(
        """
        SELECT id AS notice_id, alliance_id, case_id, recipient_id, kind, read_at, version, head
        FROM notices WHERE id = $1 AND recipient_id = $2
        FOR UPDATE
        """,
        notice_id,
        recipient_id,
    )
    if row is None:
        raise NotFound
    reading = Reading(about_of(row), row["read_at"])
    return Aggregate(notice_id, row["alliance_id"], reading, row["version"], row["head"])


async def save_reading(tx: Connection, change: Change[Reading]) -> None:
    """The notice as read, with journal and outbox."""
    after = change.after
    await saving.save(
        tx,
        change,
        "UPDATE notices SET read_at = $2, version = $3, head = $4 WHERE id = $1",
        after.id,
        after.state.read_at,
        after.version,
        after.head,
    )
