"""Everything that changes here: people are told, notices read, mails delivered, contacts known and forgotten.

The door owns the transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial, reduce
from uuid import UUID

from services.notifications import decisions, policy, publish, storage
from services.notifications.audiences import recipients
from services.notifications.charters import next_summary_of, nights
from services.notifications.commands import (
    ChoosePreferences,
    Claim,
    EndLease,
    GiveUp,
    HandOver,
    MailCommand,
    MarkByHand,
    ReadNotice,
    Report,
    Spare,
    StopMails,
)
from services.notifications.decisions import Mail, Settled
from services.notifications.events import Kept, LetterBrought, MailSettled, MailSpared
from services.notifications.notice import facts_for
from services.notifications.publish import About
from services.notifications.reminding import idle_after
from services.notifications.robots import storage as robots
from services.notifications.robots.messages import word_of
from services.notifications.storage import Addressed, Channel, Delivery, Reading
from services.notifications.summaries import in_time
from services.notifications.webhooks import storage as webhooks
from services.notifications.webhooks.messages import message_of
from services.notifications.wishes import OptionalGroup, is_pushed, optional_group, rhythm_of
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.contracts import alliance, contacts
from shared.contracts.complaints import CaseEvent
from shared.contracts.envelope import Envelope
from shared.contracts.mediation import MediationEvent
from shared.ids import new_id
from shared.observability.traces import current_traceparent
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

KEPT: Codec[Kept] = Codec(Kept)

WITHOUT_ADDRESS = timedelta(hours=24)
"""How long a mail waits for its recipient's address."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
"""What can stand in a mail's header and an SMTP command as it is (HTML's definition, ASCII alone)."""

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
"""As alliance tells Chinese mobile numbers."""


@dataclass(frozen=True)
class Times:
    """What time it is for the alliance, and for the machine, in which leases and waits are counted.

    They are the same but in development, where the alliance's clock may leap weeks while a mail is on its way.
    `texts` is whether there is somebody to send texts, where a mail reaches nobody.
    """

    now: datetime
    machine_now: datetime
    texts: bool = False


@dataclass(frozen=True)
class Hold:
    """A delivery a worker has taken, at which attempt."""

    delivery_id: UUID
    attempt: int


@dataclass(frozen=True)
class Parcel:
    """What goes out in one: one notice, or the several of a summary."""

    holds: tuple[Hold, ...]
    addressed: Addressed


async def tell(
    tx: Connection, envelope: Envelope, event: CaseEvent | MediationEvent, *, now: datetime
) -> None:
    """Puts a notice of `event` before everybody the table names, and tells groups and platforms.

    Raises NobodyCoordinates.
    """
    building_id: UUID | None = getattr(event, "building_id", None)
    roster = await storage.roster(
        tx, alliance_id=event.alliance_id, case_id=event.case_id, building_id=building_id
    )
    told = recipients(event, roster)
    wishes = await storage.wishes_of(tx, [one.member_id for one in told])
    facts = [facts_for(one.side, event) for one in told]
    summary_at = await next_summary_of(tx, event.alliance_id, now)
    rhythms = [rhythm_of(one.kind, wishes[one.member_id]) for one in told]
    await storage.add_notices(
        tx,
        told,
        event_id=envelope.id,
        alliance_id=event.alliance_id,
        case_id=event.case_id,
        reference=event.reference,
        facts=facts,
        mailed=[in_time(rhythm, named, summary_at) for rhythm, named in zip(rhythms, facts, strict=True)],
        pushed=[is_pushed(one.kind, wishes[one.member_id]) for one in told],
        next_summary=summary_at,
        traceparent=current_traceparent(),
        now=now,
    )
    word = word_of(event)
    if word is not None:
        await robots.add_word(tx, word, alliance_id=event.alliance_id, event_id=envelope.id, now=now)
    body = message_of(event, envelope.time)
    if body is not None:
        await webhooks.add_messages(
            tx, alliance_id=event.alliance_id, event_id=envelope.id, type=event.TYPE, body=body, now=now
        )


async def spare(
    tx: Connection, event: CaseEvent | MediationEvent, times: Times
) -> list[tuple[Channel, Mail]]:
    """Keeps back what `event` makes idle of all that waits for the morning, the evening, a server or a hand."""
    made_idle = idle_after(event)
    if not made_idle:
        return []
    is_night = (await nights(tx, times.now)).of(event.alliance_id).hold(times.now)
    spared = [
        before
        for idle in made_idle
        for before in await storage.lock_waiting(tx, event.case_id, idle, is_night=is_night)
    ]
    return [(before.state.channel, await _move(tx, before, Spare(), times, by=SYSTEM)) for before in spared]


async def read_notice(tx: Connection, command: ReadNotice, actor: Actor, now: datetime) -> Reading:
    """Marks the actor's notice as read, the first time. Raises NotFound."""
    before = await storage.lock_notice(tx, command.notice_id, recipient_id=actor.member_id)
    events = decisions.read(before.state.read_at, command, now)
    if not events:
        return before.state
    change = saving.change(
        before,
        replace(before.state, read_at=events[-1].read_at),
        events,
        actor=actor,
        now=now,
        service="notifications",
        codec=KEPT,
        new_id=new_id,
        contracts=partial(publish.contracts, before.state.about),
    )
    await storage.save_reading(tx, change)
    return change.after.state


async def claim(tx: Connection, channel: Channel, times: Times) -> Parcel | None:
    """The next notice to be tried by that channel, or the next day's mails in one; None when there is none."""
    hours = await nights(tx, times.now)
    found = await storage.lock_next_due(tx, channel, times.machine_now, now=times.now, nights=hours)
    if found is not None:
        return await _take([found[0]], found[1], tx, times)
    if channel != "mail":
        return None
    gathered = await storage.lock_next_summary(tx, times.machine_now, now=times.now, nights=hours)
    return None if gathered is None else await _take(*gathered, tx, times)


async def _take(
    deliveries: Sequence[Aggregate[Delivery]], addressed: Addressed, tx: Connection, times: Times
) -> Parcel:
    mails = [await _move(tx, before, Claim(), times, by=SYSTEM) for before in deliveries]
    holds = (Hold(before.id, mail.attempt) for before, mail in zip(deliveries, mails, strict=True))
    return Parcel(tuple(holds), addressed)


async def move_mail(
    tx: Connection, holds: Sequence[Hold], command: HandOver | Report, times: Times
) -> list[Mail]:
    """Takes what a worker holds a step further, all of it alike; hands over nothing to somebody who was erased since.

    Raises Overtaken.
    """
    held = [await storage.lock_delivery(tx, hold.delivery_id) for hold in holds]
    if isinstance(command, HandOver):
        reach = await storage.reach_of(tx, held[0].state.about.recipient_id)
        decisions.require_known(known=reach.known)
    return [
        await _move(tx, before, replace(command, attempt=hold.attempt), times, by=SYSTEM)
        for hold, before in zip(holds, held, strict=True)
    ]


async def mark_by_hand(
    tx: Connection, delivery_id: UUID, command: MarkByHand, actor: Actor, times: Times
) -> Mail:
    """Somebody was at the door. Raises Invalid; NotFound for what is not the actor's to bring, or was marked before."""
    before = await storage.lock_by_hand(tx, delivery_id, policy.brings(actor))
    told_on = local_day(before.state.told_at)
    decisions.require_day(command.on, told_on=told_on, today=local_day(times.now))
    return await _move(tx, before, command, times, by=actor)


async def settle_abandoned(tx: Connection, times: Times) -> tuple[About, Channel, Mail] | None:
    """Settles one that nobody will report on or that nobody can be sent to; None when there is none."""
    command: MailCommand
    if (before := await storage.lock_next_lease_over(tx, times.machine_now)) is not None:
        command = EndLease()
    elif (before := await _lock_unreachable(tx, times)) is not None:
        command = GiveUp("no_contact")
    else:
        return None
    return before.state.about, before.state.channel, await _move(tx, before, command, times, by=SYSTEM)


async def _lock_unreachable(tx: Connection, times: Times) -> Aggregate[Delivery] | None:
    """An address may come late, so it is waited for; but not by whom a text reaches now."""
    waiting_since = times.now - WITHOUT_ADDRESS
    return await storage.lock_next_unreachable(tx, waiting_since, texts=times.texts)


async def _move(
    tx: Connection,
    before: Aggregate[Delivery],
    command: MailCommand,
    times: Times,
    *,
    by: Actor,
) -> Mail:
    events = decisions.decide(before.state.mail, command, times.machine_now)
    mail = reduce(decisions.evolve, events, before.state.mail)
    kept: list[Kept] = [
        event for event in events if isinstance(event, MailSettled | MailSpared | LetterBrought)
    ]
    change = saving.change(
        before,
        replace(before.state, mail=mail),
        kept,
        actor=by,
        now=times.now,
        service="notifications",
        codec=KEPT,
        new_id=new_id,
        contracts=partial(publish.contracts, before.state.about, channel=before.state.channel),
    )
    await storage.save_delivery(tx, change, now=times.now)
    await _go_on(tx, before, mail, times)
    return mail


async def _go_on(tx: Connection, before: Aggregate[Delivery], mail: Mail, times: Times) -> None:
    """What reached nobody goes on by the next way; not to somebody who was erased."""
    about, channel = before.state.about, before.state.channel
    if not isinstance(mail, Settled):
        return
    reach = await storage.reach_of(tx, about.recipient_id)
    can_text = times.texts and reach.by_text
    following = decisions.next_channel(channel, mail, about.kind, can_text=can_text)
    if following is not None and reach.known:
        await storage.add_delivery(tx, before.id, following, now=times.now)


async def know_contact(tx: Connection, contact: contacts.ContactChanged, *, told_at: datetime) -> None:
    """Where the member is reached from now on; an address no mail can bear, a number no text reaches is none."""
    email = contact.email if contact.email and _ADDRESS.fullmatch(contact.email) else None
    phone = contact.phone if contact.phone and _MOBILE.fullmatch(contact.phone) else None
    await storage.put_contact(tx, contact, email=email, phone=phone, told_at=told_at)


async def forget_contact(tx: Connection, member_id: UUID, *, alliance_id: UUID, told_at: datetime) -> None:
    """The member was erased (PIPL art. 47): nothing more is sent to them."""
    await storage.forget_contact(tx, member_id, alliance_id=alliance_id, told_at=told_at)


async def know_member(tx: Connection, member: alliance.MemberRegistered, *, told_at: datetime) -> None:
    """Which roles the member holds from now on."""
    await storage.put_member(tx, member, told_at=told_at)


async def know_occupancy(tx: Connection, started: alliance.OccupancyStarted) -> None:
    """Where the member is found from now on."""
    await storage.put_occupancy(tx, started)


async def end_occupancy(tx: Connection, ended: alliance.OccupancyEnded) -> None:
    """From the day after they are not found there."""
    await storage.end_occupancy(tx, ended)


async def choose_preferences(tx: Connection, command: ChoosePreferences, actor: Actor) -> ChoosePreferences:
    """How the actor wants to be told of what happens from now on."""
    await storage.put_preferences(tx, actor.member_id, command)
    return command


async def stop_mails(tx: Connection, command: StopMails) -> OptionalGroup | None:
    """No more mails of the group that notice is of; None, and nothing changes, where it is of a required one.

    Raises NotFound.
    """
    group = optional_group(await storage.kind_of(tx, command.notice_id))
    if group is not None:
        await storage.stop_mails(tx, command.notice_id, group)
    return group
