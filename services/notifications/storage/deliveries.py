"""Deliveries: what brings a notice, and who is to try it next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.notifications.decisions import Settled
from services.notifications.events import Channel
from services.notifications.policy import Brings
from services.notifications.quiet import EVEN_AT_NIGHT, Nights
from services.notifications.reminding import REMINDERS, Idle
from services.notifications.storage.rows import (
    ADDRESS,
    BY_HAND,
    DELIVERY,
    OWN_WORDS,
    Addressed,
    Delivery,
    addressed_of,
    columns_of,
    delivery_of,
    notice_of,
)
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change


async def lock_delivery(tx: Connection, delivery_id: UUID) -> Aggregate[Delivery]:
    """The mail a worker holds."""
    row = await tx.fetchrow(
        f"""
        {DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.id = $1
        FOR UPDATE OF delivery
        """,
        delivery_id,
    )
    return delivery_of(row)


async def lock_waiting(
    tx: Connection, case_id: UUID, idle: Idle, *, is_night: bool
) -> Sequence[Aggregate[Delivery]]:
    """What of it has not left yet, by whatever way it would go: reminders, and requests that something holds."""
    rows = await tx.fetch(
        f"""
        {DELIVERY}
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
    return [delivery_of(row) for row in rows]


async def lock_next_due(
    tx: Connection, channel: Channel, machine_now: datetime, *, now: datetime, nights: Nights
) -> tuple[Aggregate[Delivery], Addressed] | None:
    """The next to be tried by that channel, which nobody else is trying, where it is not night.

    A person's mails about one case go in order, and so do their texts: while an earlier one waits, so do the
    later. Those that go at night too wait for none but their like.
    """
    row = await tx.fetchrow(
        f"""
        {DELIVERY}, {OWN_WORDS}, contact.display_name, {ADDRESS} AS address,
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
    return delivery_of(row), addressed_of(row)


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
        {DELIVERY}, {OWN_WORDS}, contact.display_name, contact.email AS address,
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
    return [delivery_of(row) for row in rows], replace(addressed_of(rows[0]), more=more)


async def lock_next_lease_over(tx: Connection, machine_now: datetime) -> Aggregate[Delivery] | None:
    """A mail that was being sent when its worker was last heard of."""
    row = await tx.fetchrow(
        f"""
        {DELIVERY}
        FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.state = 'sending' AND delivery.due_at <= $1
        ORDER BY delivery.due_at
        LIMIT 1
        FOR UPDATE OF delivery SKIP LOCKED
        """,
        machine_now,
    )
    return None if row is None else delivery_of(row)


async def lock_next_unreachable(
    tx: Connection, waiting_since: datetime, *, texts: bool
) -> Aggregate[Delivery] | None:
    """One that has waited since before `waiting_since` and whose recipient has no address, or asked on no device more.

    Where there are texts, also a mail whose recipient has none but a number, as soon as that is known.
    """
    row = await tx.fetchrow(
        f"""
        {DELIVERY}
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
    return None if row is None else delivery_of(row)


async def lock_by_hand(tx: Connection, delivery_id: UUID, who: Brings) -> Aggregate[Delivery]:
    """A letter that waits to be brought, if it is theirs to bring. Raises NotFound."""
    row = await tx.fetchrow(
        f"""
        {DELIVERY}
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
    return delivery_of(row)


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
