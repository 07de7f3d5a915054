"""Questions to the homes around a matter: who was asked is a row, what they answered stands in the journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.complaints.decisions.inquiring import Inquiry, inquiry_of
from services.complaints.events.inquiring import InquiryEvent
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

INQUIRY_EVENTS: Codec[InquiryEvent] = Codec(InquiryEvent)


@dataclass(frozen=True)
class Ask:
    """One person, or one home where nobody is known, that is asked."""

    ask_id: UUID
    place_id: UUID
    member_id: UUID | None


@dataclass(frozen=True)
class Asking:
    """An inquiry as its rows tell it."""

    aggregate: Aggregate[Inquiry]
    case_id: UUID
    asks: Mapping[UUID, Ask]
    is_over: bool
    """Whether the case it was about has ended: nobody is to answer any more."""


async def people_living_at(
    tx: Connection, place_ids: Sequence[UUID], alliance_id: UUID, today: date
) -> dict[UUID, list[UUID]]:
    """Who lives today in each of these homes; a place of no register is in no key."""
    rows = await tx.fetch(
        """
        SELECT place_id, ARRAY(SELECT DISTINCT member_id FROM occupancies
                               WHERE occupancies.place_id = places.place_id AND kind = 'lives'
                                 AND from_day <= $3 AND (until_day IS NULL OR until_day >= $3)) AS people
        FROM places
        WHERE place_id = ANY ($1::uuid[]) AND alliance_id = $2
        """,
        place_ids,
        alliance_id,
        today,
    )
    return {row["place_id"]: row["people"] for row in rows}


async def save_inquiry(
    tx: Connection, done: Change[Inquiry], case_id: UUID, now: datetime, *, asks: Iterable[Ask] = ()
) -> None:
    """Inquiry, asks, journal and outbox in one statement."""
    after, new = done.after, list(asks)
    await saving.save(
        tx,
        done,
        _SAVE,
        after.id,
        after.alliance_id,
        after.version,
        after.head,
        case_id,
        now,
        [one.ask_id for one in new],
        [one.place_id for one in new],
        [one.member_id for one in new],
    )


_SAVE = """
INSERT INTO inquiries (id, alliance_id, version, head, case_id, asked_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, head = excluded.head;

INSERT INTO asks (ask_id, inquiry_id, of_alliance, place_id, member_id)
SELECT ask_id, $1, $2, place_id, member_id
FROM unnest($7::uuid[], $8::uuid[], $9::uuid[]) AS ask (ask_id, place_id, member_id)
"""


async def case_asked_about(connection: Connection, ask_id: UUID, member_id: UUID | None) -> UUID:
    """The case behind a question that was put to this person. Raises NotFound."""
    found: UUID | None = await connection.fetchval(
        """
        SELECT case_id FROM asks JOIN inquiries ON inquiries.id = inquiry_id
        WHERE ask_id = $1 AND member_id = $2
        """,
        ask_id,
        member_id,
    )
    if found is None:
        raise NotFound
    return found


async def lock_inquiry(tx: Connection, ask_id: UUID, case_id: UUID) -> Asking:
    """The inquiry of a case that this ask belongs to, held. Raises NotFound."""
    rows = await tx.fetch(
        f"{_INQUIRY} JOIN asks ON inquiry_id = inquiries.id"
        " WHERE ask_id = $1 AND case_id = $2 FOR UPDATE OF inquiries",
        ask_id,
        case_id,
    )
    if not rows:
        raise NotFound
    [asking] = await _askings(tx, rows)
    return asking


async def inquiries_of(connection: Connection, case_id: UUID) -> list[Asking]:
    """Every inquiry of a case, the oldest first."""
    rows = await connection.fetch(f"{_INQUIRY} WHERE case_id = $1 ORDER BY asked_at, inquiries.id", case_id)
    return await _askings(connection, rows)


async def inquiries_for(connection: Connection, member_id: UUID) -> list[Asking]:
    """What this person is or was asked, the newest first; two hundred at most."""
    asked = await connection.fetch("SELECT DISTINCT inquiry_id FROM asks WHERE member_id = $1", member_id)
    rows = await connection.fetch(
        f"{_INQUIRY} WHERE inquiries.id = ANY ($1::uuid[]) ORDER BY asked_at DESC, inquiries.id LIMIT 200",
        [one["inquiry_id"] for one in asked],
    )
    return await _askings(connection, rows)


_INQUIRY = """
SELECT inquiries.id, inquiries.alliance_id, inquiries.version, inquiries.head, case_id, stage = 'closed' AS is_over
FROM inquiries JOIN cases ON cases.id = case_id
"""


async def _askings(connection: Connection, rows: Sequence[asyncpg.Record]) -> list[Asking]:
    """All of them by two questions, however many there are."""
    ids = [row["id"] for row in rows]
    written = await connection.fetch(
        """
        SELECT aggregate_id, type, coalesce(payload, remains) AS payload FROM journal
        WHERE aggregate_id = ANY ($1::uuid[])
        ORDER BY aggregate_id, version
        """,
        ids,
    )
    asked = await connection.fetch(
        """
        SELECT inquiry_id, ask_id, place_id, member_id FROM asks
        WHERE inquiry_id = ANY ($1::uuid[])
        ORDER BY place_id, ask_id
        """,
        ids,
    )
    journals: dict[UUID, list[InquiryEvent]] = defaultdict(list)
    for one in written:
        journals[one["aggregate_id"]].append(INQUIRY_EVENTS.load(one["type"], one["payload"]))
    asks: dict[UUID, dict[UUID, Ask]] = defaultdict(dict)
    for inquiry_id, ask_id, place_id, member_id in asked:
        asks[inquiry_id][ask_id] = Ask(ask_id, place_id, member_id)
    return [_asking(row, inquiry_of(journals[row["id"]]), asks[row["id"]]) for row in rows]


def _asking(row: asyncpg.Record, inquiry: Inquiry, asks: Mapping[UUID, Ask]) -> Asking:
    aggregate = Aggregate[Any](row["id"], row["alliance_id"], inquiry, row["version"], row["head"])
    return Asking(aggregate, row["case_id"], asks, row["is_over"])
