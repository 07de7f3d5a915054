"""All SQL that writes. A notice and its mail are two aggregates: one is read, the other delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifications.audiences import Recipient, Roster
from services.notifications.decisions import Mail, Pending, Sending, Settled
from services.notifications.events import Channel
from services.notifications.notice import Facts, Notice
from services.notifications.policy import Brings
from services.notifications.publish import About
from services.notifications.quiet import EVEN_AT_NIGHT, Nights
from services.notifications.reminding import REMINDERS, Idle
from services.notifications.storage.people import (
    Reach,
    end_occupancy,
    forget_contact,
    put_contact,
    put_member,
    put_occupancy,
    put_preferences,
    reach_of,
    stop_mails,
    wishes_of,
)
from services.notifications.wishes import Rhythm
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change
from shared.texts import Language

__all__ = [
    "Addressed",
    "Channel",
    "Delivery",
    "Reach",
    "Reading",
    "add_delivery",
    "add_notices",
    "end_occupancy",
    "forget_contact",
    "kind_of",
    "lock_by_hand",
    "lock_delivery",
    "lock_next_due",
    "lock_next_lease_over",
    "lock_next_summary",
    "lock_next_unreachable",
    "lock_notice",
    "lock_waiting",
    "notice_of",
    "put_contact",
    "put_member",
    "put_occupancy",
    "put_preferences",
    "reach_of",
    "roster",
    "save_delivery",
    "save_reading",
    "stop_mails",
    "wishes_of",
]


@dataclass(frozen=True)
class Reading:
    """Whether a notice was read."""

    about: About
    read_at: datetime | None


@dataclass(frozen=True)
class Delivery:
    """What carries a notice, and where it stands."""

    about: About
    channel: Channel
    mail: Mail
    told_at: datetime


@dataclass(frozen=True)
class Addressed:
    """A notice with the one who is to have it, and the mail address or number that is reached at."""

    notice: Notice
    name: str
    address: str
    language: Language
    large_type: bool = False
    more: tuple[Notice, ...] = ()
    """What else is told in the same mail, where a day's are gathered."""


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
    reading = Reading(_about(row), row["read_at"])
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


_DELIVERY = """
    SELECT delivery.id, delivery.notice_id, delivery.alliance_id, delivery.case_id, delivery.recipient_id,
           delivery.channel, delivery.state, delivery.attempt, delivery.reason, delivery.due_at, delivery.queued_at,
           delivery.version, delivery.head,
           notice.kind, notice.reference, notice.facts, notice.created_at, notice.read_at,
           notice.traceparent
"""


async def lock_delivery(tx: Connection, delivery_id: UUID) -> Aggregate[Delivery]:
    """The mail a worker holds."""
    row = await tx.fetchrow(
        f"""
        {_DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.id = $1
        FOR UPDATE OF delivery
        """,
        delivery_id,
    )
    return _delivery(row)


async def lock_waiting(
    tx: Connection, case_id: UUID, idle: Idle, *, is_night: bool
) -> Sequence[Aggregate[Delivery]]:
    """What of it has not left yet, by whatever way it would go: reminders, and requests that something holds."""
    rows = await tx.fetch(
        f"""
        {_DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.case_id = $1 AND delivery.state = 'pending'
          AND ($2::uuid[] IS NULL OR delivery.recipient_id = ANY ($2))
          AND notice.kind = ANY ($3) AND ($4::uuid IS NULL OR notice.facts ->> $5::text = $4::uuid::text)
          AND (notice.kind = ANY ($6) OR $7 OR delivery.gathered_until IS NOT NULL
               OR delivery.channel = 'paper' OR delivery.reason <> ''
               OR NOT EXISTS (SELECT FROM contacts WHERE contacts.member_id = delivery.recipient_id))
        ORDER BY delivery.id
        FOR UPDATE OF delivery
        """,
        case_id,
        idle.members,
        idle.kinds,
        idle.of,
        idle.named_by,
        REMINDERS,
        is_night,
    )
    return [_delivery(row) for row in rows]


BY_HAND = """
    delivery.channel = 'paper' AND delivery.state = 'pending' AND delivery.alliance_id = $1
    AND notice.side = ANY ($4) AND notice.read_at IS NULL
    AND ($2 OR EXISTS (SELECT FROM occupancies AS home
                       WHERE home.member_id = delivery.recipient_id AND home.until_day IS NULL
                         AND home.building_id = ANY ($3)))
"""
"""What somebody brings, as long as its reader has not opened it.

$1 the alliance, $2 whether to everybody there, $3 else in which buildings, $4 to which sides.
"""

ADDRESS = """
    CASE delivery.channel
         WHEN 'mail' THEN contact.email
         WHEN 'sms' THEN contact.phone
         WHEN 'push' THEN (SELECT device.member_id::text FROM push_subscriptions AS device
                           WHERE device.member_id = delivery.recipient_id LIMIT 1)
    END
"""
"""Where it goes; a push to all that its reader asked on."""


async def lock_next_due(
    tx: Connection, channel: Channel, machine_now: datetime, *, now: datetime, nights: Nights
) -> tuple[Aggregate[Delivery], Addressed] | None:
    """The next to be tried by that channel, which nobody else is trying, where it is not night.

    A person's mails about one case go in order, and so do their texts: while an earlier one waits, so do the
    later. Those that go at night too wait for none but their like.
    """
    row = await tx.fetchrow(
        f"""
        {_DELIVERY}, contact.display_name, {ADDRESS} AS address,
               coalesce(preference.language, contact.language) AS language,
               coalesce(preference.large_type, false) AS large_type
        FROM deliveries AS delivery
             JOIN notices AS notice ON notice.id = delivery.notice_id
             JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
             LEFT JOIN preferences AS preference ON preference.member_id = delivery.recipient_id
        WHERE delivery.channel = $5 AND delivery.state = 'pending' AND delivery.due_at <= $1
          AND {ADDRESS} IS NOT NULL AND delivery.gathered_until IS NULL
          AND (notice.kind = ANY ($2) OR (delivery.alliance_id = ANY ($3)) = $4)
          AND NOT EXISTS (
              SELECT FROM deliveries AS earlier JOIN notices AS told ON told.id = earlier.notice_id
              WHERE (earlier.recipient_id, earlier.case_id) = (delivery.recipient_id, delivery.case_id)
                AND earlier.channel = delivery.channel AND earlier.gathered_until IS NULL
                AND earlier.state IN ('pending', 'sending') AND earlier.id < delivery.id
                AND (told.kind = ANY ($2) OR NOT notice.kind = ANY ($2))
          )
        ORDER BY delivery.due_at
        LIMIT 1
        FOR UPDATE OF delivery SKIP LOCKED
        """,
        machine_now,
        EVEN_AT_NIGHT,
        nights.differing(now),
        nights.usual.hold(now),
        channel,
    )
    if row is None:
        return None
    return _delivery(row), _addressed(row)


async def lock_next_summary(
    tx: Connection, machine_now: datetime, *, now: datetime, nights: Nights
) -> tuple[Sequence[Aggregate[Delivery]], Addressed] | None:
    """All that is gathered for the person whose summary is due next, which nobody else is sending."""
    recipient_id = await tx.fetchval(
        """
        SELECT delivery.recipient_id
        FROM deliveries AS delivery JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
        WHERE delivery.channel = 'mail' AND delivery.state = 'pending' AND delivery.due_at <= $1
          AND delivery.gathered_until <= $2 AND contact.email IS NOT NULL
          AND (delivery.alliance_id = ANY ($3)) = $4
        ORDER BY delivery.due_at
        LIMIT 1
        FOR UPDATE OF delivery, contact SKIP LOCKED
        """,
        machine_now,
        now,
        nights.differing(now),
        nights.usual.hold(now),
    )
    if recipient_id is None:
        return None
    rows = await tx.fetch(
        f"""
        {_DELIVERY}, contact.display_name, contact.email AS address,
               coalesce(preference.language, contact.language) AS language,
               coalesce(preference.large_type, false) AS large_type
        FROM deliveries AS delivery
             JOIN notices AS notice ON notice.id = delivery.notice_id
             JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
             LEFT JOIN preferences AS preference ON preference.member_id = delivery.recipient_id
        WHERE delivery.recipient_id = $1 AND delivery.channel = 'mail' AND delivery.state = 'pending'
          AND delivery.due_at <= $2 AND delivery.gathered_until <= $3
        ORDER BY delivery.id
        FOR UPDATE OF delivery
        """,
        recipient_id,
        machine_now,
        now,
    )
    more = tuple(notice_of(row) for row in rows[1:])
    return [_delivery(row) for row in rows], replace(_addressed(rows[0]), more=more)


async def lock_next_lease_over(tx: Connection, machine_now: datetime) -> Aggregate[Delivery] | None:
    """A mail that was being sent when its worker was last heard of."""
    row = await tx.fetchrow(
        f"""
        {_DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.state = 'sending' AND delivery.due_at <= $1
        ORDER BY delivery.due_at
        LIMIT 1
        FOR UPDATE OF delivery SKIP LOCKED
        """,
        machine_now,
    )
    return None if row is None else _delivery(row)


async def lock_next_unreachable(
    tx: Connection, waiting_since: datetime, *, texts: bool
) -> Aggregate[Delivery] | None:
    """One that has waited since before `waiting_since` and whose recipient has no address, or asked on no device more.

    Where there are texts, also a mail whose recipient has none but a number, as soon as that is known.
    """
    row = await tx.fetchrow(
        f"""
        {_DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
             LEFT JOIN contacts AS contact ON contact.member_id = delivery.recipient_id
        WHERE delivery.channel IN ('mail', 'sms', 'push') AND delivery.state = 'pending' AND {ADDRESS} IS NULL
          AND (delivery.created_at <= $1 OR delivery.channel = 'push'
               OR ($2 AND delivery.channel = 'mail' AND contact.phone IS NOT NULL))
        ORDER BY delivery.due_at
        LIMIT 1
        FOR UPDATE OF delivery SKIP LOCKED
        """,
        waiting_since,
        texts,
    )
    return None if row is None else _delivery(row)


async def lock_by_hand(tx: Connection, delivery_id: UUID, who: Brings) -> Aggregate[Delivery]:
    """A letter that waits to be brought, if it is theirs to bring. Raises NotFound."""
    row = await tx.fetchrow(
        f"""
        {_DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.id = $5 AND {BY_HAND}
        FOR UPDATE OF delivery
        """,
        who.alliance_id,
        who.everybody,
        who.buildings,
        who.sides,
        delivery_id,
    )
    if row is None:
        raise NotFound
    return _delivery(row)


async def add_delivery(tx: Connection, delivery_id: UUID, channel: Channel, *, now: datetime) -> None:
    """The notice that this delivery could not bring goes by that channel; once."""
    await tx.execute(
        """
        INSERT INTO deliveries (id, notice_id, alliance_id, event_id, recipient_id, case_id, channel, state,
                                created_at)
        SELECT $2, notice_id, alliance_id, event_id, recipient_id, case_id, $3, 'pending', $4
        FROM deliveries WHERE id = $1
        ON CONFLICT (event_id, recipient_id, channel) DO NOTHING
        """,
        delivery_id,
        new_id(),
        channel,
        now,
    )


async def save_delivery(tx: Connection, change: Change[Delivery], *, now: datetime) -> None:
    """Where the mail stands, with what of it the journal and the outbox get."""
    after = change.after
    state, reason, due_at = columns_of(after.state.mail)
    await saving.save(
        tx,
        change,
        """
        UPDATE deliveries
        SET state = $2, attempt = $3, reason = $4, due_at = coalesce($5, due_at), settled_at = $6,
            version = $7, head = $8
        WHERE id = $1
        """,
        after.id,
        state,
        after.state.mail.attempt,
        reason,
        due_at,
        now if isinstance(after.state.mail, Settled) else None,
        after.version,
        after.head,
    )


def notice_of(row: Any) -> Notice:
    """A notice as its row has it; `notice_id` or, of the inbox's own rows, `id`."""
    return Notice(
        row["notice_id"],
        row["kind"],
        row["case_id"],
        row["reference"],
        Facts.model_validate_json(row["facts"]),
        row["created_at"],
        row["read_at"],
        row["traceparent"],
    )


def _addressed(row: Any) -> Addressed:
    return Addressed(notice_of(row), row["display_name"], row["address"], row["language"], row["large_type"])


def _about(row: Any) -> About:
    return About(row["alliance_id"], row["case_id"], row["notice_id"], row["recipient_id"], row["kind"])


def _delivery(row: Any) -> Aggregate[Delivery]:
    delivery = Delivery(_about(row), row["channel"], _mail(row), row["created_at"])
    return Aggregate(row["id"], row["alliance_id"], delivery, row["version"], row["head"])


def _mail(row: Any) -> Mail:
    attempt, queued_at = row["attempt"], row["queued_at"]
    match row["state"]:
        case "pending":
            return Pending(attempt, queued_at, row["due_at"], row["reason"])
        case "sending":
            return Sending(attempt, queued_at, row["due_at"])
    return Settled(attempt, queued_at, row["state"], row["reason"])


def columns_of(mail: Mail) -> tuple[str, str, datetime | None]:
    """How far it is, as rows tell it: state, reason, and when it is due or its lease is over."""
    match mail:
        case Pending():
            return "pending", mail.reason, mail.due_at
        case Sending():
            return "sending", "", mail.lease_until
        case Settled():
            return mail.result, mail.reason, None
