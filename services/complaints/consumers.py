"""The Kafka door: what other services tell, as a command of ours or a line of a projection.

A fact about a case may come twice or after its time; the decision table lets it change nothing then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from services.complaints import sentences, storage, use_cases
from services.complaints.commands import (
    Command,
    NoteAmendment,
    NoteCommitment,
    NoteDraft,
    NoteEffect,
    NoteMediation,
    NoteMediationEnd,
    NotePerformance,
    Place,
    ReferCase,
)
from services.complaints.people import Office
from services.complaints.terms import Outcome, Service
from services.complaints.use_cases.erasing import HOLDING
from shared.access.actor import SYSTEM
from shared.access.door import Kit
from shared.charter import projection
from shared.contracts import alliance, complaints, notifications, topics
from shared.contracts import mediation as m
from shared.contracts.envelope import Contract, Envelope
from shared.erasure import holding
from shared.messaging.subscription import Handler, Projection, Subscription
from shared.persistence.database import Connection

OFFICES = frozenset({"building_captain", "volunteer", "court_liaison", "agency_officer"})
"""The roles some step of a case is told to, beside the coordinators."""

NOTICE_OF_THE_CASE = "case_accepted"
"""The kind of notice that serves a case on its respondent."""

NOTICE_TO_A_FURTHER_PARTY = "party_added"
"""The kind of notice that serves it on a party who was added."""

NEIGHBOURHOOD = Projection(
    "neighbourhood",
    topics.ALLIANCE,
    frozenset(
        {
            alliance.PlaceRegistered.TYPE,
            alliance.MemberRegistered.TYPE,
            alliance.OccupancyStarted.TYPE,
            alliance.OccupancyEnded.TYPE,
            alliance.ErasureGranted.TYPE,
        }
    ),
    tables=("places", "members", "offices", "occupancies"),
)


def subscriptions(kit: Kit) -> Sequence[Subscription]:
    """One group: places and people, how mediations go, which notices reached whom, and our own cases' ends."""
    handlers: dict[str, Handler] = {
        alliance.PlaceRegistered.TYPE: on_place_registered,
        alliance.MemberRegistered.TYPE: on_member_registered,
        alliance.OccupancyStarted.TYPE: on_occupancy_started,
        alliance.OccupancyEnded.TYPE: on_occupancy_ended(kit),
        **projection.HANDLERS,
        alliance.CalendarYearEntered.TYPE: on_calendar_year_entered(kit),
        notifications.NoticeRead.TYPE: on_notice(kit),
        notifications.NoticeDelivered.TYPE: on_notice(kit),
        notifications.NoticeTexted.TYPE: on_notice(kit),
        notifications.NoticeBrought.TYPE: on_notice(kit),
        complaints.CaseClosed.TYPE: on_case_closed(kit),
        **{contract.TYPE: on_mediation(kit) for contract in COMMANDS},
        **holding.handlers(kit, HOLDING),
    }
    told_by = (topics.ALLIANCE, topics.COMPLAINTS, topics.MEDIATION, topics.NOTIFICATIONS)
    return [Subscription("complaints", told_by, handlers, projections=(NEIGHBOURHOOD, projection.CALENDAR))]


async def on_place_registered(tx: Connection, event: Envelope[alliance.PlaceRegistered]) -> None:
    """A place people may complain of."""
    told = event.data
    await storage.keep_place(tx, Place(told.place_id, told.block_id, told.building_id), told.alliance_id)


async def on_member_registered(tx: Connection, event: Envelope[alliance.MemberRegistered]) -> None:
    """Somebody who may be a party, and whether they coordinate."""
    told = event.data
    coordinates = any(grant.role == "coordinator" for grant in told.grants)
    await storage.keep_member(tx, told.member_id, told.alliance_id, coordinates=coordinates)
    held = [
        Office(grant.role, told.member_id, grant.place_id) for grant in told.grants if grant.role in OFFICES
    ]
    await storage.keep_offices(tx, told.alliance_id, told.member_id, held)


async def on_occupancy_started(tx: Connection, event: Envelope[alliance.OccupancyStarted]) -> None:
    """Who trades at a place is asked to answer for it."""
    told = event.data
    await storage.keep_occupancy(
        tx, told.occupancy_id, told.member_id, told.place_id, kind=told.kind, from_day=told.from_day
    )


def on_occupancy_ended(kit: Kit) -> Handler:
    """Whoever it was leaves their cases; nobody takes their place by the address."""

    async def note(tx: Connection, event: Envelope[alliance.OccupancyEnded]) -> None:
        told = event.data
        await use_cases.end_occupancy(tx, told.occupancy_id, told.until_day, kit.clock.now())

    return note


def on_calendar_year_entered(kit: Kit) -> Handler:
    """Its days are known: return visits that were counted over it without them are counted again."""

    async def note(tx: Connection, event: Envelope[alliance.CalendarYearEntered]) -> None:
        await projection.on_calendar_year_entered(tx, event)
        await use_cases.recount_visits(tx, event.data.alliance_id, kit.clock.now())

    return note


def on_notice(kit: Kit) -> Handler:
    """Their notice that was read, delivered, or handed over for a signed slip is our service of notice."""

    async def note(tx: Connection, event: Envelope[notifications.NoticeEvent]) -> None:
        told = event.data
        how, on = _service(told), told.on if isinstance(told, notifications.NoticeBrought) else None
        if how is not None and told.kind == NOTICE_TO_A_FURTHER_PARTY:
            await use_cases.serve_added(tx, told.case_id, told.recipient_id, how, kit.clock.now(), on=on)
        if how is None or told.kind != NOTICE_OF_THE_CASE:
            return
        stored = await storage.lock_case(tx, told.case_id, by=SYSTEM)
        if told.recipient_id in stored.people.behind(stored.case.file.respondents):
            command = use_cases.service_of(told.case_id, how, on)
            await use_cases.handle(tx, command, SYSTEM, kit.clock.now())

    return note


def _service(told: notifications.NoticeEvent) -> Service | None:
    """A slip that was not signed proves nothing, and nobody is served by what may not have arrived."""
    match told:
        case notifications.NoticeRead():
            return "inbox"
        case notifications.NoticeDelivered(channel="mail", result="accepted"):
            return "mail"
        case notifications.NoticeTexted(result="accepted"):
            return "text"
        case notifications.NoticeBrought(result="signed"):
            return "paper"
        case _:
            return None


def on_case_closed(kit: Kit) -> Handler:
    """The end of a case is the end of what was joined to it."""

    async def note(tx: Connection, event: Envelope[complaints.CaseClosed]) -> None:
        told = event.data
        outcome: Outcome = "hazard_removed" if told.hazard_removed else told.outcome
        await use_cases.end_with_lead(tx, told.case_id, outcome, kit.clock.now())

    return note


def on_mediation(kit: Kit) -> Handler:
    """Each step of a mediation is a step of its case."""

    async def note(tx: Connection, event: Envelope) -> None:
        told = event.data
        command = COMMANDS[type(told)](told)
        if (
            isinstance(told, m.CommitmentProven)
            and isinstance(command, NoteCommitment)
            and not told.by_mediator
        ):
            command = await use_cases.shown_by(tx, command, told.owner_id)
        await use_cases.handle(tx, command, SYSTEM, kit.clock.now())
        if isinstance(told, m.AgreementEffective) and told.declined:
            await use_cases.give_back(tx, told.case_id, told.declined, kit.clock.now())

    return note


def _noted(step: str) -> Callable[[m.MediationEvent], Command]:
    return lambda told: NoteMediation(told.case_id, told.mediation_id, step, told.mediator_id)


def _session(told: m.SessionScheduled) -> Command:
    step = "session_moved" if told.moved else "session_scheduled"
    return NoteMediation(told.case_id, told.mediation_id, step)


def _effect(told: m.AgreementEffective) -> Command:
    last_due = max((promise.due_on for promise in told.commitments), default=told.effective_on)
    return NoteEffect(told.case_id, told.mediation_id, told.effective_on, last_due)


COMMANDS: Mapping[type[Contract], Callable[..., Command]] = {
    m.MediationOpened: _noted("mediation_opened"),
    m.PartyConsented: _noted("party_consented"),
    m.ConsentCompleted: _noted("consent_completed"),
    m.MediatorProposed: _noted("mediator_proposed"),
    m.MediatorTook: _noted("mediator_took"),
    m.MediatorPassed: _noted("mediator_passed"),
    m.MediatorRemoved: _noted("mediator_removed"),
    m.SlotsProposed: _noted("slots_proposed"),
    m.SessionScheduled: _session,
    m.SessionCancelled: _noted("session_cancelled"),
    m.SessionHeld: _noted("session_held"),
    m.MinutesReleased: _noted("minutes_released"),
    m.AgreementDrafted: lambda told: NoteDraft(told.case_id, told.mediation_id, told.group_until),
    m.AgreementSigned: _noted("agreement_signed"),
    m.AgreementEffective: _effect,
    m.CommitmentProven: lambda told: NoteCommitment(
        told.case_id, told.mediation_id, "commitment_proven", evidence_ids=told.evidence_ids
    ),
    m.CommitmentDue: lambda told: NoteCommitment(
        told.case_id, told.mediation_id, "commitment_due", None if told.proven else told.commitment_id
    ),
    m.CommitmentConfirmed: _noted("commitment_confirmed"),
    m.CommitmentGranted: _noted("commitment_granted"),
    m.CommitmentWaived: _noted("commitment_waived"),
    m.CommitmentImpossible: _noted("commitment_impossible"),
    m.PerformanceDeclined: lambda told: NoteCommitment(
        told.case_id, told.mediation_id, "performance_declined", told.commitment_id
    ),
    m.WordingDisputed: _noted("wording_disputed"),
    m.WordingRecorded: _noted("wording_recorded"),
    m.DebtorLeft: lambda told: NoteCommitment(told.case_id, told.mediation_id, "debtor_left"),
    m.AgreementEnded: lambda told: NotePerformance(told.case_id, told.mediation_id),
    m.PartiesGone: lambda told: NoteMediationEnd(told.case_id, told.mediation_id, "parties_gone"),
    m.CourtRequested: _noted("court_requested"),
    m.CourtDecided: _noted("court_decided"),
    m.HandedToCourt: lambda told: ReferCase(
        told.case_id,
        told.pack_id,
        "court_station",
        sentences.TEXTS("note_handed_to_court", "zh-CN"),
        documents=(f"SHA-256 {told.sha256}",),
    ),
    m.AmendmentProposed: _noted("amendment_proposed"),
    m.AmendmentDeclined: _noted("amendment_declined"),
    m.AgreementAmended: lambda told: NoteAmendment(told.case_id, told.mediation_id, told.last_due_on),
    m.CommitmentDisputed: _noted("commitment_disputed"),
    m.CommitmentsPerformed: lambda told: NotePerformance(
        told.case_id, told.mediation_id, told.confirmed_on, told.done_by
    ),
    m.MediationRefused: lambda told: NoteMediationEnd(told.case_id, told.mediation_id, "mediation_refused"),
    m.MediationFailed: lambda told: NoteMediationEnd(
        told.case_id, told.mediation_id, "mediation_failed", told.wishes_referral
    ),
}
"""What of a mediation is what to a case. A type in no line is no step of the case."""
