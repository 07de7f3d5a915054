"""The Kafka door: their word 'routed to mediation' is our 'open a mediation'."""

from __future__ import annotations

from collections.abc import Sequence

from services.mediation import projection, use_cases
from services.mediation.storage import groups
from services.mediation.use_cases.erasing import HOLDING
from shared.access.door import Kit
from shared.charter import projection as calendar
from shared.contracts import complaints, topics
from shared.contracts.envelope import Envelope
from shared.erasure import holding
from shared.messaging.subscription import Handler, Subscription
from shared.persistence.database import Connection


def subscriptions(kit: Kit) -> Sequence[Subscription]:
    """One group: people and places, and what becomes of cases."""
    handlers: dict[str, Handler] = {
        **projection.HANDLERS,
        **calendar.HANDLERS,
        complaints.CaseRouted.TYPE: on_case_routed(kit),
        complaints.OralAgreementStated.TYPE: on_oral_agreement(kit),
        complaints.CaseWithdrawn.TYPE: on_case_withdrawn(kit),
        complaints.PartyLeft.TYPE: on_party_left(kit),
        complaints.LeadStoodDown.TYPE: on_lead_stood_down(kit),
        complaints.PartyAdded.TYPE: on_party_added(kit),
        complaints.CaseReturned.TYPE: on_case_returned(kit),
        complaints.CaseJoined.TYPE: on_case_joined,
        complaints.SpeakersDrawn.TYPE: on_speakers_drawn(kit),
        complaints.CaseSeparated.TYPE: on_case_alone(kit),
        complaints.CaseGivenBack.TYPE: on_case_alone(kit),
        complaints.CaseClosed.TYPE: on_case_alone(kit),
        **holding.handlers(kit, HOLDING),
    }
    return [
        Subscription(
            "mediation",
            (topics.ALLIANCE, topics.COMPLAINTS),
            handlers,
            projections=(projection.PEOPLE, calendar.CALENDAR),
        )
    ]


async def on_case_joined(tx: Connection, event: Envelope[complaints.CaseJoined]) -> None:
    """Somebody for whom others may come to speak; of an anonymous filing there is nobody."""
    case = event.data
    for party in case.parties:
        await groups.keep_joined(tx, case.case_id, case.lead_case_id, party.member_id)


def on_speakers_drawn(kit: Kit) -> Handler:
    """Those whom the lot named are invited to the session."""

    async def note(tx: Connection, event: Envelope[complaints.SpeakersDrawn]) -> None:
        lot = event.data
        await use_cases.note_speakers(tx, lot.case_id, lot.order, lot.seats, kit.clock.now())

    return note


def on_case_alone(kit: Kit) -> Handler:
    """Nobody speaks for them any more, nor they for others."""

    async def note(
        tx: Connection,
        event: Envelope[complaints.CaseSeparated | complaints.CaseGivenBack | complaints.CaseClosed],
    ) -> None:
        await use_cases.note_alone(tx, event.data.case_id, kit.clock.now())

    return note


def on_case_routed(kit: Kit) -> Handler:
    """Opens a mediation. A case with one side alone cannot be mediated: its event becomes a dead letter."""

    async def open_mediation(tx: Connection, event: Envelope[complaints.CaseRouted]) -> None:
        case = event.data
        if case.path != "mediation":
            return
        await use_cases.open_mediation(
            tx,
            case.case_id,
            alliance_id=case.alliance_id,
            reference=case.reference,
            hidden=case.identity != "named",
            place_id=case.place_id,
            category=case.category,
            conflict_id=case.conflict_id,
            represented=case.represented,
            minor=case.minor,
            sides=[(party.member_id, party.side) for party in case.parties],
            now=kit.clock.now(),
        )

    return open_mediation


def on_oral_agreement(kit: Kit) -> Handler:
    """Opens a mediation in which all is agreed already, and waits for the mediator's record."""

    async def open_oral(tx: Connection, event: Envelope[complaints.OralAgreementStated]) -> None:
        await use_cases.open_oral(tx, event.data, kit.clock.now())

    return open_oral


def on_case_withdrawn(kit: Kit) -> Handler:
    """Ends the case's mediation, if one is open."""

    async def end_mediation(tx: Connection, event: Envelope[complaints.CaseWithdrawn]) -> None:
        case = event.data
        await use_cases.end_withdrawn(tx, case.case_id, kit.clock.now())

    return end_mediation


def on_case_returned(kit: Kit) -> Handler:
    """What the court station was handed is back; of what lay with another authority there is no pack."""

    async def note(tx: Connection, event: Envelope[complaints.CaseReturned]) -> None:
        if event.data.referral_id is not None:
            await use_cases.note_return(tx, event.data.referral_id, kit.clock.now())

    return note


def on_party_left(kit: Kit) -> Handler:
    """A party of the case is none of its mediation any more."""

    async def note(tx: Connection, event: Envelope[complaints.PartyLeft]) -> None:
        left = event.data
        died = left.why == "died"
        await use_cases.note_departure(tx, left.case_id, left.left_id, kit.clock.now(), died=died)

    return note


def on_lead_stood_down(kit: Kit) -> Handler:
    """Whoever spoke for others and is one of them no more is no party of the mediation either."""

    async def note(tx: Connection, event: Envelope[complaints.LeadStoodDown]) -> None:
        left = event.data
        await use_cases.note_departure(tx, left.case_id, left.left_id, kit.clock.now(), died=False)

    return note


def on_party_added(kit: Kit) -> Handler:
    """Whoever came after a party that left may release what is owed to the place; others join the case alone."""

    async def note(tx: Connection, event: Envelope[complaints.PartyAdded]) -> None:
        added = event.data
        for member_id in added.to if added.succeeds else ():
            await use_cases.note_successor(tx, added.case_id, member_id, added.side, kit.clock.now())

    return note
