"""The Kafka door: their word 'routed to mediation' is our 'open a mediation'."""

from __future__ import annotations

from collections.abc import Sequence

from services.mediation import projection, use_cases
from shared.access.door import Kit
from shared.charter import projection as calendar
from shared.contracts import complaints, topics
from shared.contracts.envelope import Envelope
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
    }
    return [
        Subscription(
            "mediation",
            (topics.ALLIANCE, topics.COMPLAINTS),
            handlers,
            projections=(projection.PEOPLE, calendar.CALENDAR),
        )
    ]


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
