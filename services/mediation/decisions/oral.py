"""What was agreed on the spot binds from the day it was reached, once the mediator who was there has recorded it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.mediation.commands import (
    AcceptWording,
    DisputeWording,
    OpenOral,
    PassOnCourtRequest,
    PassOnWord,
    RecordOral,
)
from services.mediation.decisions.commitments import closing_events, owned
from services.mediation.decisions.court import agreement_in
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AgreementEffective,
    CommitmentConfirmed,
    CommitmentDisputed,
    CourtAsked,
    Event,
    OralAgreementOpened,
    OralAgreementRecorded,
    WordingAccepted,
    WordingDisputed,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    ByMouth,
    Content,
    Held,
    Matter,
    Mediation,
    Oral,
    OralUnrecorded,
    Performed,
    Performing,
    Promise,
    Session,
    Unopened,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.errors import Invalid, NotFound, Refused

Speaking = OpenOral | RecordOral | AcceptWording | DisputeWording | PassOnWord | PassOnCourtRequest

ON_THE_SPOT = "现场"
"""The room of a talk that was held at the door."""


def decide(  # noqa: PLR0911 - one for each command
    state: Mediation, command: Speaking, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """An oral agreement is recorded by the mediator (art. 28); the days count from when it was reached."""
    match state, command:
        case Unopened(), OpenOral():
            return [_opened(command, now, rules=rules, calendar=calendar)]
        case OralUnrecorded(led=False), RecordOral():
            raise Refused("mediator_to_be_named")
        case OralUnrecorded(), RecordOral():
            oral = _oral(state.matter, command.agreement_id)
            return [
                _recorded(oral, state.held.mediator, command, now),
                AgreementEffective(oral.agreed_on, oral.judicial_until),
            ]
        case Performing(), RecordOral():
            oral = _oral(state.matter, command.agreement_id)
            if oral.dispute is None:
                raise Refused("recorded_already")
            return [replace(_recorded(oral, state.held.mediator, command, now), again=True)]
        case OralUnrecorded() | Performing(), AcceptWording():
            oral = _oral(state.matter, command.agreement_id)
            _require_party(state.matter, command.party)
            return [] if command.party in oral.accepted else [WordingAccepted(command.party)]
        case OralUnrecorded() | Performing(), DisputeWording():
            return _dispute(state, command, now)
        case Performing(), PassOnWord():
            return _passed_on(state, command, now)
        case Performing() | Performed(), PassOnCourtRequest():
            return _asked_court(state, command, now)
        case _:
            raise not_now(state)


def may_be_disputed(oral: Oral, party: UUID, now: datetime) -> bool:
    """Within the days named, by who has not agreed to the words, and while no other dispute is open."""
    return party not in oral.accepted and oral.dispute is None and now < end_of_day(oral.dispute_until)


def _opened(
    command: OpenOral, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> OralAgreementOpened:
    agreed_on = local_day(command.agreed_at)
    oral = Oral(
        agreement_id=command.agreement_id,
        captain_id=command.captain_id,
        spoken_for=command.spoken_for,
        agreed_on=agreed_on,
        dispute_until=calendar.after_working_days(local_day(now), rules.wording_working_days),
        judicial_until=calendar.after_days(agreed_on, rules.judicial_days),
        promises=command.promises,
    )
    matter = Matter(
        mediation_id=command.mediation_id,
        case_id=command.case_id,
        alliance_id=command.alliance_id,
        reference=command.reference,
        hidden=False,
        place_id=command.place_id,
        consent_until=agreed_on,
        parties=tuple(replace(party, consented=True) for party in command.parties),
        category=command.category,
        oral=oral,
        opened_on=local_day(now),
    )
    return OralAgreementOpened(matter, Held(command.mediator_id, _talk(command), ()))


def _talk(command: OpenOral) -> Session:
    return Session(
        session_id=command.mediation_id,
        uid=str(command.mediation_id),
        sequence=0,
        starts_at=command.talked_at,
        ends_at=command.agreed_at,
        room_id=command.place_id or command.mediation_id,
        room=ON_THE_SPOT,
    )


def _recorded(oral: Oral, mediator: UUID, command: RecordOral, now: datetime) -> OralAgreementRecorded:
    if command.conflicts:
        raise ConflictOfInterest(command.conflicts)
    words = {one.commitment_id: one for one in command.wording}
    if words.keys() != {one.commitment_id for one in oral.promises} or len(words) != len(command.wording):
        raise Invalid("/commitments", "commitments_not_those")
    promises = tuple(
        Promise(
            one.commitment_id,
            one.owner_side,
            words[one.commitment_id].what,
            words[one.commitment_id].measure,
            one.due_on,
        )
        for one in oral.promises
    )
    content = Content(oral.agreement_id, "oral", "", command.terms, promises, oral.agreed_on)
    return OralAgreementRecorded(content, mediator, now)


def _dispute(state: OralUnrecorded | Performing, command: DisputeWording, now: datetime) -> list[Event]:
    oral = _oral(state.matter, command.agreement_id)
    _require_party(state.matter, command.party)
    if not may_be_disputed(oral, command.party, now):
        raise Refused("wording_stands")
    return [WordingDisputed(command.party, command.reason)]


def _passed_on(state: Performing, command: PassOnWord, now: datetime) -> list[Event]:
    """It is the party's own word: of what they promised themselves they confirm nothing, by whatever mouth."""
    oral = state.matter.oral
    if oral is None:
        raise Refused("not_spoken")
    _require_day(command.told_on, oral.agreed_on, now)
    commitment = owned(state, command.commitment_id, oral.spoken_for, by_owner=False)
    mouth = ByMouth(command.by, command.told_on)
    if commitment.is_settled:
        raise Refused(f"already_{commitment.status}")
    if command.said == "confirmed":
        return closing_events(state, commitment, CommitmentConfirmed(command.commitment_id, mouth))
    if commitment.status != "proven":
        raise Refused("nothing_to_dispute")
    return [CommitmentDisputed(command.commitment_id, command.words or "", mouth)]


def may_ask_court(state: Performing | Performed, now: datetime) -> bool:
    """Whether the one it was entered for has not asked the court, and still may."""
    oral = state.matter.oral
    return oral is not None and any(
        oral.spoken_for not in one.asked_court and now < end_of_day(one.judicial_until)
        for one in (state.agreement, *state.amendments)
    )


def _asked_court(state: Performing | Performed, command: PassOnCourtRequest, now: datetime) -> list[Event]:
    """The party's own request (art. 33), on the day they said it; nobody asks for them what they did not."""
    oral = state.matter.oral
    if oral is None:
        raise Refused("not_spoken")
    agreement = agreement_in(state, command.agreement_id)
    if now >= end_of_day(agreement.judicial_until):
        raise Refused("court_time_over", until=agreement.judicial_until.isoformat())
    _require_day(command.told_on, agreement.effective_on, now)
    if oral.spoken_for in agreement.asked_court:
        return []
    return [CourtAsked(oral.spoken_for, command.agreement_id, ByMouth(command.by, command.told_on))]


def _require_day(told_on: date, agreed_on: date, now: datetime) -> None:
    if told_on > local_day(now):
        raise Invalid("/told_on", "in_the_future")
    if told_on < agreed_on:
        raise Invalid("/told_on", "day_wrong")


def _oral(matter: Matter, agreement_id: UUID) -> Oral:
    if matter.oral is None or matter.oral.agreement_id != agreement_id:
        raise Refused("not_spoken")
    return matter.oral


def _require_party(matter: Matter, party: UUID) -> None:
    if matter.party(party) is None:
        raise NotFound
