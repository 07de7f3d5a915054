"""A mediation as one reader sees it. Who is hidden has a label and no id; what is sealed is not even loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from services.mediation import guidance, policy
from services.mediation.decisions.agreement import content_hash
from services.mediation.decisions.on_paper import spoken_for
from services.mediation.state import (
    Asked,
    Ended,
    Opened,
    Party,
    candidate_of,
    content_of,
    mediator_of,
    minutes_of,
    proposed_of,
    status,
)
from services.mediation.views import agreements, paper, sessions
from services.mediation.views.models import (
    AskedView,
    ClockView,
    ListedView,
    MediationView,
    PartyView,
    Receipt,
    SpanView,
)
from services.mediation.views.reader import Reader
from services.mediation.views.waiting import waits_for
from shared.access.actor import Actor
from shared.calendar.working_days import WorkingCalendar
from shared.persistence.journal import Proof
from shared.texts import Language

_SHIPPED = WorkingCalendar()


def mediation_view(
    actor: Actor,
    state: Opened,
    now: datetime,
    language: Language,
    *,
    calendar: WorkingCalendar = _SHIPPED,
    rooms: Mapping[str, str] = guidance.NO_NAMES,
) -> MediationView:
    """Everything this person may see of it."""
    reader = Reader(actor, state, now, language, calendar)
    clock = _clock(state, calendar)
    ended = state if isinstance(state, Ended) else None
    return MediationView(
        id=state.matter.mediation_id,
        case_id=state.matter.case_id,
        reference=state.matter.reference,
        status=status(state),
        outcome=ended and ended.outcome,
        reason=ended and ended.reason,
        refused_by=ended.refused_by if ended and reader.sees("refused_by") else None,
        refused_sheet=paper.sheet(reader, ended.sheet) if ended else None,
        parties=[_party(reader, one) for one in state.matter.parties] if reader.sees("parties") else [],
        mediator_id=mediator_of(state),
        proposed_id=proposed_of(state),
        accepted_by=_accepted_by(reader),
        mediators_asked=[_asked(one) for one in state.matter.asked] if reader.sees("mediators_asked") else [],
        void_sessions=[sessions.void(reader, one) for one in state.matter.void]
        if reader.sees("session")
        else [],
        guests=[sessions.guest(reader, one) for one in state.matter.guests] if reader.sees("session") else [],
        slots=sessions.slots(reader),
        session=sessions.session(reader),
        absences=sessions.absences(reader),
        default_path=sessions.default_path(reader),
        minutes=list(minutes_of(state)) if policy.reads_minutes(actor, state) else [],
        dialogue=sessions.dialogue(reader),
        oral=agreements.oral(reader),
        joint=sessions.together(reader),
        openness=sessions.open_to_others(reader),
        agreement=agreements.agreement(reader),
        amendment=agreements.amendment(reader),
        amendments=agreements.amendments(reader),
        handover=agreements.handover(state) if reader.sees("handover") else None,
        rights=guidance.sentences(guidance.rights(state.matter), language),
        other_routes=guidance.sentences(guidance.OTHER_ROUTES, language),
        clock=clock,
        due=clock and clock.until,
        next=guidance.next_step(actor, state, now, language, rooms),
        possible=policy.possible_for(actor, state, now),
    )


def receipt(
    actor: Actor,
    state: Opened,
    now: datetime,
    language: Language,
    *,
    proof: Proof,
    calendar: WorkingCalendar = _SHIPPED,
    rooms: Mapping[str, str] = guidance.NO_NAMES,
) -> Receipt:
    """What somebody gets for a write."""
    clock, content = _clock(state, calendar), content_of(state)
    return Receipt(
        id=state.matter.mediation_id,
        case_id=state.matter.case_id,
        reference=state.matter.reference,
        status=status(state),
        clock=clock,
        due=clock and clock.until,
        next=guidance.next_step(actor, state, now, language, rooms),
        possible=policy.possible_for(actor, state, now),
        agreement_id=content.agreement_id if content else None,
        content_hash=content_hash(state.matter, content) if content else None,
        warnings=agreements.warnings_in(state.matter, content, language) if content else [],
        proof=str(proof),
    )


def listed(actor: Actor, state: Opened, now: datetime) -> ListedView:
    """A line of a list."""
    clock = guidance.running_clock(state)
    return ListedView(
        id=state.matter.mediation_id,
        case_id=state.matter.case_id,
        reference=state.matter.reference,
        status=status(state),
        roles=sorted(policy.roles_in(actor, state)),
        due=clock and clock.until,
        possible=policy.possible_for(actor, state, now),
        waits=waits_for(actor, state, now),
    )


def _clock(state: Opened, calendar: WorkingCalendar) -> ClockView | None:
    clock = guidance.running_clock(state)
    if clock is None:
        return None
    guess = clock.counted and calendar.is_provisional(clock.until.year)
    return ClockView(name=clock.name, until=clock.until, provisional=guess)


def _party(reader: Reader, party: Party) -> PartyView:
    own = reader.is_(party)
    over = isinstance(reader.state, Ended) and not reader.sees("refused_by")
    return PartyView(
        side=party.side,
        label=reader.label(party),
        member_id=reader.id_of(party),
        consented=None if over and not own else party.consented,
        separate=party.separate if own or reader.sees("wishes") else None,
        available=[SpanView(**asdict(span)) for span in party.windows]
        if own or reader.sees("windows")
        else None,
        languages=list(party.languages) if own or reader.sees("wishes") else None,
        open=party.open if own or reader.sees("wishes") else None,
        no_account=party in spoken_for(reader.state) and reader.sees("sheets"),
        sheet=paper.sheet(reader, party.sheet),
    )


def _accepted_by(reader: Reader) -> list[str]:
    candidate = candidate_of(reader.state)
    accepted = reader.state.matter.accepted(candidate) if candidate else ()
    return [reader.label(party) for party in reader.state.matter.parties if party.member_id in accepted]


def _asked(one: Asked) -> AskedView:
    return AskedView(mediator_id=one.mediator, declared=one.declared, left=one.left, by=one.by, note=one.note)
