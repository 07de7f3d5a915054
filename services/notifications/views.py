"""What is read: a member's inbox and preferences, and what became of deliveries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from services.notifications.audiences import Side
from services.notifications.charters import nights
from services.notifications.commands import ChoosePreferences
from services.notifications.events import CHANNELS, Channel
from services.notifications.notice import Notice
from services.notifications.policy import NAMED_IN_DELIVERIES, Brings
from services.notifications.quiet import EVEN_AT_NIGHT, Nights
from services.notifications.storage import ADDRESS, BY_HAND, OWN_WORDS, notice_of
from services.notifications.wishes import OPTIONAL
from shared.access.actor import Actor
from shared.persistence.database import Connection

MOST_LETTERS = 500

State = Literal["pending", "sending", "accepted", "failed", "unknown", "not_needed"]


@dataclass(frozen=True)
class DeliveryView:
    """One notice on one channel, without anybody's address."""

    id: UUID
    notice_id: UUID
    case_id: UUID
    reference: str
    kind: str
    recipient: Literal["complainant", "respondent", "staff"]
    recipient_id: UUID | None
    channel: Literal["inbox", "mail", "sms", "paper", "push"]
    state: State
    attempt: int
    reason: str
    created_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class Unread:
    """How many notices somebody has not opened, and a mark that is another one whenever they are others."""

    count: int
    mark: str


@dataclass(frozen=True)
class Standing:
    """What is neither accepted nor failed on one channel."""

    counts: Mapping[str, int]
    oldest_pending_seconds: float


async def inbox(
    connection: Connection, actor: Actor, *, unread: bool, before: UUID | None, limit: int
) -> Sequence[Notice]:
    """The actor's notices, newest first."""
    rows = await connection.fetch(
        f"""
        SELECT id AS notice_id, kind, case_id, reference, facts, created_at, read_at, traceparent, {OWN_WORDS}
        FROM notices AS notice
        WHERE recipient_id = $1 AND ($2::uuid IS NULL OR id < $2) AND (read_at IS NULL OR NOT $3)
        ORDER BY id DESC
        LIMIT $4
        """,  # noqa: S608
        actor.member_id,
        before,
        unread,
        limit,
    )
    return [notice_of(row) for row in rows]


@dataclass(frozen=True)
class Sent:
    """One notice of a person, and by which ways it went with what result."""

    notice: Notice
    ways: Mapping[str, str]


async def notices_of(connection: Connection, member_id: UUID) -> Sequence[Sent]:
    """All of one person's, the oldest first."""
    rows = await connection.fetch(
        f"""
        SELECT id AS notice_id, kind, case_id, reference, facts, created_at, read_at, traceparent, {OWN_WORDS},
               coalesce((SELECT jsonb_object_agg(channel, state) FROM deliveries
                         WHERE notice_id = notice.id), '{{}}') AS ways
        FROM notices AS notice WHERE recipient_id = $1
        ORDER BY id
        """,  # noqa: S608
        member_id,
    )
    return [Sent(notice_of(row), json.loads(row["ways"])) for row in rows]


async def count_unread(connection: Connection, actor: Actor) -> int:
    """How many notices the actor has not opened."""
    count: int = await connection.fetchval(
        "SELECT count(*) FROM notices WHERE recipient_id = $1 AND read_at IS NULL", actor.member_id
    )
    return count


async def unread_of(connection: Connection, members: Sequence[UUID]) -> Mapping[UUID, Unread]:
    """What of theirs is unread, of those who have anything unread."""
    rows = await connection.fetch(
        """
        SELECT recipient_id, count(*) AS count, bit_xor(hashtextextended(id::text, 0)) AS mark
        FROM notices
        WHERE recipient_id = ANY ($1) AND read_at IS NULL
        GROUP BY recipient_id
        """,
        members,
    )
    return {row["recipient_id"]: Unread(row["count"], f"{row['count']}:{row['mark']:x}") for row in rows}


async def preferences(connection: Connection, actor: Actor) -> ChoosePreferences:
    """How the actor is told: as chosen, else in the language the alliance knows, with mails."""
    [row] = await connection.fetch(
        """
        SELECT coalesce(preference.language, contact.language, member.language, 'zh-CN') AS language,
               coalesce(preference.mail, true) AS mail,
               coalesce(preference.mails, '{}') AS mails,
               coalesce(preference.pushes, '{}') AS pushes,
               coalesce(preference.large_type, false) AS large_type
        FROM (SELECT $1::uuid AS id) AS asking
             LEFT JOIN preferences AS preference ON preference.member_id = asking.id
             LEFT JOIN contacts AS contact ON contact.member_id = asking.id
             LEFT JOIN members AS member ON member.member_id = asking.id
        """,
        actor.member_id,
    )
    mails = dict.fromkeys(OPTIONAL, "at_once") | json.loads(row["mails"])
    pushes = dict.fromkeys(OPTIONAL, "at_once") | json.loads(row["pushes"])
    return ChoosePreferences(row["language"], row["mail"], mails, row["large_type"], pushes)


async def deliveries(
    connection: Connection,
    actor: Actor,
    *,
    case_id: UUID | None,
    recipient_id: UUID | None,
    state: State | None,
    before: UUID | None,
    limit: int,
) -> Sequence[DeliveryView]:
    """Deliveries of the actor's alliance, newest first. Asking by recipient finds those alone who are named."""
    rows = await connection.fetch(
        """
        SELECT delivery.id, delivery.notice_id, delivery.case_id, notice.reference, notice.kind,
               notice.side AS recipient,
               CASE WHEN notice.side = ANY ($3) THEN delivery.recipient_id END AS recipient_id,
               delivery.channel, delivery.state, delivery.attempt, delivery.reason, delivery.created_at,
               delivery.settled_at
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.alliance_id = $1 AND ($2::uuid IS NULL OR delivery.id < $2)
          AND ($4::uuid IS NULL OR delivery.case_id = $4)
          AND ($5::uuid IS NULL OR (delivery.recipient_id = $5 AND notice.side = ANY ($3)))
          AND ($6::text IS NULL OR delivery.state = $6)
        ORDER BY delivery.id DESC
        LIMIT $7
        """,
        actor.alliance_id,
        before,
        list(NAMED_IN_DELIVERIES),
        case_id,
        recipient_id,
        state,
        limit,
    )
    return [DeliveryView(**dict(row)) for row in rows]


@dataclass(frozen=True)
class Letter:
    """A notice that waits to be brought to its reader, whose name is not shown where it may be hidden."""

    id: UUID
    notice: Notice
    recipient: Side
    recipient_id: UUID | None
    name: str | None
    places: Sequence[UUID]


async def by_hand(connection: Connection, who: Brings) -> Sequence[Letter]:
    """What the actor has to bring, the oldest first."""
    rows = await connection.fetch(
        f"""
        SELECT delivery.id, delivery.notice_id, notice.kind, notice.case_id, notice.reference, notice.facts,
               notice.created_at, notice.read_at, notice.traceparent, notice.side, {OWN_WORDS},
               delivery.recipient_id, contact.display_name,
               ARRAY(SELECT place_id FROM occupancies AS home
                     WHERE home.member_id = delivery.recipient_id AND home.until_day IS NULL) AS places
        FROM deliveries AS delivery
             JOIN notices AS notice ON notice.id = delivery.notice_id
             LEFT JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
        WHERE {BY_HAND}
        ORDER BY delivery.id
        LIMIT {MOST_LETTERS}
        """,  # noqa: S608
        who.alliance_id,
        who.everybody,
        who.buildings,
        who.sides,
    )
    return [_letter(row) for row in rows]


def _letter(row: Any) -> Letter:
    named = row["side"] in NAMED_IN_DELIVERIES
    return Letter(
        row["id"],
        notice_of(row),
        row["side"],
        row["recipient_id"] if named else None,
        row["display_name"] if named else None,
        row["places"] if named else (),
    )


async def standing(connection: Connection, now: datetime) -> Mapping[Channel, Standing]:
    """The gauges' figures, read from partial indexes.

    What waits for the morning, for the evening's summary, for an address or for a hand does not wait for us.
    """
    hours = await nights(connection, now)
    rows = await connection.fetch(
        f"""
        SELECT delivery.channel, delivery.alliance_id, delivery.state, notice.kind = ANY ($1) AS even_at_night,
               {ADDRESS} IS NULL OR coalesce(delivery.gathered_until > $2, false) AS elsewhere,
               count(*) AS count,
               extract(epoch FROM max(least(clock_timestamp() - delivery.queued_at, $2 - delivery.gathered_until))
                      )::float AS seconds
        FROM deliveries AS delivery
             JOIN notices AS notice ON notice.id = delivery.notice_id
             LEFT JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
        WHERE delivery.state IN ('pending', 'sending', 'unknown')
        GROUP BY delivery.channel, delivery.alliance_id, delivery.state, even_at_night, elsewhere
        """,  # noqa: S608
        EVEN_AT_NIGHT,
        now,
    )
    return {
        channel: _standing([row for row in rows if row["channel"] == channel], hours, now)
        for channel in CHANNELS
    }


def _standing(rows: Sequence[Any], hours: Nights, now: datetime) -> Standing:
    counts: Counter[str] = Counter(dict.fromkeys(("pending", "held", "sending", "unknown"), 0))
    oldest = 0.0
    for row in rows:
        by_day = None if row["even_at_night"] else hours.of(row["alliance_id"])
        held = row["state"] == "pending" and (row["elsewhere"] or (by_day is not None and by_day.hold(now)))
        counts["held" if held else row["state"]] += row["count"]
        if row["state"] == "pending" and not held:
            awake = (now - by_day.last_morning(now)).total_seconds() if by_day else row["seconds"]
            oldest = max(oldest, min(row["seconds"], awake))
    return Standing(counts, oldest)
