"""The Kafka door: what other services tell, as what is done about it here."""

from __future__ import annotations

from collections.abc import Sequence

from services.notifications import outgoing, use_cases
from services.notifications.erasing import HOLDING
from services.notifications.reminding import SETTLING
from services.notifications.rules import EVENTS
from shared.access.door import Kit
from shared.contracts import alliance, contacts, topics
from shared.contracts.complaints import CaseEvent
from shared.contracts.envelope import Envelope
from shared.contracts.mediation import MediationEvent
from shared.erasure import holding
from shared.messaging.subscription import TOMBSTONE, Projection, Subscription, Tombstone
from shared.persistence.database import Connection

ROLES = Projection(
    "roles",
    topics.ALLIANCE,
    frozenset({alliance.MemberRegistered.TYPE, alliance.ErasureGranted.TYPE}),
    tables=("members",),
)
CONTACTS = Projection(
    "contacts",
    topics.CONTACTS,
    frozenset({contacts.ContactChanged.TYPE, TOMBSTONE}),
    tables=("contacts",),
)

HOMES = Projection(
    "homes",
    topics.ALLIANCE,
    frozenset({alliance.OccupancyStarted.TYPE, alliance.OccupancyEnded.TYPE, alliance.ErasureGranted.TYPE}),
    tables=("occupancies",),
)


def subscriptions(kit: Kit) -> Sequence[Subscription]:
    """One group: whatever the table has lines for, and who holds which role and is reached where."""

    async def on_news(tx: Connection, event: Envelope[CaseEvent | MediationEvent]) -> None:
        await use_cases.tell(tx, event, event.data, now=kit.clock.now())
        spared = await use_cases.spare(tx, event.data, outgoing.times(kit))
        for channel, mail in spared:
            outgoing.note(channel, mail, case=str(event.data.case_id))

    return [
        Subscription(
            group="notifications",
            topics=(topics.ALLIANCE, topics.CONTACTS, topics.COMPLAINTS, topics.MEDIATION),
            handlers={
                alliance.MemberRegistered.TYPE: on_member_registered,
                alliance.OccupancyStarted.TYPE: on_occupancy_started,
                alliance.OccupancyEnded.TYPE: on_occupancy_ended,
                contacts.ContactChanged.TYPE: on_contact_changed,
                **holding.handlers(kit, HOLDING),
                **{event.TYPE: on_news for event in (*EVENTS, *SETTLING)},
            },
            tombstones={topics.CONTACTS: on_contact_erased},
            projections=(ROLES, CONTACTS, HOMES),
        )
    ]


async def on_member_registered(tx: Connection, event: Envelope[alliance.MemberRegistered]) -> None:
    """Their member is our possible recipient."""
    await use_cases.know_member(tx, event.data, told_at=event.time)


async def on_occupancy_started(tx: Connection, event: Envelope[alliance.OccupancyStarted]) -> None:
    """Where somebody is found who has to be told at the door."""
    await use_cases.know_occupancy(tx, event.data)


async def on_occupancy_ended(tx: Connection, event: Envelope[alliance.OccupancyEnded]) -> None:
    """Nobody looks for them there any more."""
    await use_cases.end_occupancy(tx, event.data)


async def on_contact_changed(tx: Connection, event: Envelope[contacts.ContactChanged]) -> None:
    """Mails that waited for it go out with the next look for due ones."""
    await use_cases.know_contact(tx, event.data, told_at=event.time)


async def on_contact_erased(tx: Connection, tombstone: Tombstone) -> None:
    """A record without value on the contacts topic."""
    await use_cases.forget_contact(
        tx, tombstone.key, alliance_id=tombstone.alliance_id, told_at=tombstone.time
    )
