"""What a mediation is after an event. Never refuses: what happened, happened."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from uuid import UUID

from services.mediation import events as happened
from services.mediation.decisions import (
    absent,
    amended,
    attending,
    departing,
    dialogue,
    grouped,
    joint,
    leading,
    on_paper,
    openness,
    reminding,
    speakers,
    spoken,
)
from services.mediation.decisions.amended import changed
from services.mediation.state import (
    Agreement,
    AwaitingConsent,
    BeforeEffect,
    ChoosingMediator,
    Commitment,
    Drafting,
    Ended,
    Fellow,
    Held,
    Matter,
    Mediation,
    OralUnrecorded,
    Performed,
    Performing,
    Scheduled,
    Scheduling,
    Signature,
    Signing,
    SlotAnswer,
    Span,
    Unopened,
    mediator_of,
)


class Impossible(Exception):
    """An event that cannot follow this state: a journal that was tampered with, or a mistake of ours."""


def evolve(state: Mediation, event: happened.Event) -> Mediation:
    """The state after `event`. Raises Impossible when it could not have happened."""
    if isinstance(event, departing.Departed) and not isinstance(state, Unopened | Performed | Ended):
        after = departing.evolve(state, event)
    elif isinstance(event, leading.OfMediator):
        after = leading.evolve(state, event)
    elif isinstance(event, openness.OfOpenness):
        after = openness.evolve(state, event)
    elif isinstance(event, happened.WordAwaited):
        after = reminding.evolve(state, event)
    elif isinstance(event, happened.SpeakersInvited):
        after = speakers.evolve(state, event)
    else:
        after = joint.evolve(state, event) if isinstance(event, joint.Joined) else _evolve(state, event)
    if after is None:
        raise Impossible(type(state).__name__, type(event).__name__)
    return on_paper.noted(after, event) if isinstance(event, on_paper.OnSheet) else after


def _evolve(state: Mediation, event: happened.Event) -> Mediation | None:
    match state:
        case Unopened() | AwaitingConsent() | ChoosingMediator():
            return _gathering(state, event)
        case Scheduling() | Scheduled():
            return _meeting(state, event)
        case OralUnrecorded():
            return spoken.evolve(state, event) or _ending(state, event)
        case Drafting() | Signing():
            return _agreeing(state, event)
        case Performing() | Performed():
            return _keeping(state, event)
        case Ended():
            return _ended(state, event)


def _gathering(  # noqa: PLR0911 - one for each event
    state: Unopened | AwaitingConsent | ChoosingMediator, event: happened.Event
) -> Mediation | None:
    match state, event:
        case Unopened(), happened.MediationOpened(matter):
            return AwaitingConsent(matter)
        case Unopened(), happened.OralAgreementOpened(matter, held):
            return OralUnrecorded(matter, held)
        case AwaitingConsent(matter), happened.PartyConsented():
            return AwaitingConsent(_consented(matter, event))
        case AwaitingConsent(matter), happened.ConsentCompleted():
            return ChoosingMediator(matter)
        case ChoosingMediator(matter), happened.AvailabilityStated(party, windows):
            return replace(state, matter=_available(matter, party, windows))
        case AwaitingConsent() | ChoosingMediator(), _:
            return _ending(state, event)
        case _:
            return None


def _meeting(state: Scheduling | Scheduled, event: happened.Event) -> Mediation | None:  # noqa: PLR0911 - one for each event
    if isinstance(state, Scheduled) and isinstance(event, absent.Missed):
        return absent.evolve(state, event)
    if isinstance(event, attending.OfGuest):
        return attending.evolve(state, event)
    match state, event:
        case _, happened.AvailabilityStated(party, windows):
            return replace(state, matter=_available(state.matter, party, windows))
        case _, happened.SlotsProposed(slots, answer_until):
            return replace(state, slots=slots, answers=(), answer_until=answer_until)
        case _, happened.SlotsAnswered(answers):
            matter = _taken_as_accepting(state, answers)
            return replace(state, answers=_newest(state.answers, answers), matter=matter)
        case _, happened.CaucusNoteWritten() | happened.SessionRemindedOf() | happened.RoomClosed():
            return state
        case Scheduling(), happened.NoTimeFound():
            return replace(state, answer_until=None)
        case Scheduling(), happened.SessionScheduled(session):
            return Scheduled(
                state.matter,
                state.mediator,
                session,
                passed=state.passed,
                slots=state.slots,
                answers=state.answers,
            )
        case Scheduled(), happened.SessionMoved(session):
            return replace(
                state,
                session=session,
                moves=state.moves + (not state.absent),
                absent=(),
                default=None,
                answer_until=None,
            )
        case Scheduled(), happened.SessionCancelled():
            return Scheduling(state.matter, state.mediator, state.passed)
        case Scheduled(), happened.MinutesWritten(text):
            return Drafting(state.matter, Held(state.mediator, state.session, (text,)))
        case _:
            return _ending(state, event)


def _agreeing(state: Drafting | Signing, event: happened.Event) -> Mediation | None:  # noqa: PLR0911 - one for each event
    if isinstance(event, dialogue.Talked):
        talked = dialogue.evolve(state.held.dialogue, event)
        return replace(state, held=replace(state.held, dialogue=talked))
    match state, event:
        case _, happened.CaucusNoteWritten():
            return state
        case Drafting(), happened.SessionHeld():
            return state
        case Drafting(held=held), happened.MinutesWritten(text):
            return replace(state, held=replace(held, minutes=(*held.minutes, text)))
        case _, happened.AgreementDrafted(content, group, until, drafted_on):
            fellows = tuple(Fellow(member) for member in group)
            matter = replace(state.matter, fellows=fellows, fellows_until=until)
            return Signing(matter, state.held, content, drafted_on=drafted_on)
        case Signing(held=held), happened.MinutesReleased():
            return replace(state, held=replace(held, released=True))
        case Signing(), happened.DraftAnswered():
            return grouped.evolve(state, event)
        case Signing(), happened.AgreementSigned(party, _, at, proven_at, sheet):
            return replace(state, signatures=(*state.signatures, Signature(party, at, proven_at, sheet)))
        case Signing(), happened.AgreementMarked(mark, _, at):
            return replace(state, marks=replace(state.marks, **{mark: at}))
        case Signing(), happened.AgreementEffective(effective_on, judicial_until):
            agreement = Agreement(state.content, state.signatures, state.marks, effective_on, judicial_until)
            commitments = tuple(Commitment(promise) for promise in state.content.promises)
            return Performing(state.matter, state.held, agreement, commitments)
        case _:
            return _ending(state, event)


def _keeping(state: Performing | Performed, event: happened.Event) -> Mediation | None:  # noqa: PLR0911, PLR0912 - one for each event
    if isinstance(state, Performing) and isinstance(event, amended.Changed):
        return amended.evolve(state, event)
    if isinstance(state, Performing) and isinstance(event, spoken.Worded):
        return spoken.evolve(state, event)
    if isinstance(state, Performing) and isinstance(event, grouped.OfGroup):
        return grouped.evolve(state, event)
    match state, event:
        case _, happened.CourtAsked() | happened.CourtDecided():
            return amended.court_spoken_of(state, event)
        case Performing(held=held) | Performed(held=held), happened.MinutesReleased():
            return replace(state, held=replace(held, released=True))
        case Performing(), happened.HandedOver(handover):
            return replace(state, handover=handover)
        case Performing() | Performed(), happened.HandoverReturned(on):
            assert state.handover is not None  # noqa: S101
            return replace(state, handover=replace(state.handover, returned_on=on))
        case Performing(), happened.CommitmentProven(which):
            return changed(state, which, lambda one: _proven(one, event))
        case Performing(), happened.CommitmentConfirmed(which, mouth):
            return changed(state, which, lambda one: replace(one, status="confirmed", by_mouth=mouth))
        case Performing(), happened.CommitmentDisputed(which, reason, mouth):
            return changed(state, which, lambda one: replace(_disputed(one, reason), by_mouth=mouth))
        case Performing(), happened.CommitmentRemindedAhead(which, day):
            return changed(state, which, lambda one: replace(one, reminded_of=day))
        case Performing(), happened.CommitmentFellDue(which, quiet=quiet):
            return changed(state, which, lambda one: replace(one, reminded=True, untold=quiet))
        case (
            Performing(matter, held, agreement, commitments),
            happened.CommitmentsPerformed() | happened.AgreementEnded(),
        ):
            return Performed(matter, held, agreement, commitments, state.amendments, state.handover)
        case _:
            return None


def _ended(state: Ended, event: happened.Event) -> Mediation | None:
    match event:
        case happened.SessionCancelled(session):
            return replace(state, cancelled=session)
        case _:
            return None


def _ending(state: BeforeEffect, event: happened.Event) -> Ended | None:
    held = state.held if isinstance(state, OralUnrecorded | Drafting | Signing) else None
    mediator = mediator_of(state)
    match event:
        case happened.MediationRefused(party, sheet):
            return Ended(state.matter, "refused", "refused", party, mediator, held, sheet=sheet)
        case happened.MediationFailed(reason):
            return Ended(state.matter, "failed", reason, None, mediator, held)
        case happened.MediationWithdrawn():
            return Ended(state.matter, "withdrawn", "withdrawn", None, mediator, held)
        case _:
            return None


def _consented(matter: Matter, said: happened.PartyConsented) -> Matter:
    return matter.with_party(
        said.party,
        lambda one: replace(
            one,
            consented=True,
            separate=said.separate,
            windows=said.available,
            languages=said.languages,
            sheet=said.sheet,
        ),
    )


def _available(matter: Matter, who: UUID, windows: tuple[Span, ...]) -> Matter:
    if matter.party(who) is None:
        return attending.available(matter, who, windows)
    return matter.with_party(who, lambda one: replace(one, windows=windows))


def _taken_as_accepting(state: Scheduling | Scheduled, answers: tuple[SlotAnswer, ...]) -> Matter:
    """A party who answers the times of a mediator by name has no objection to them."""
    by_parties = (answer.party for answer in answers if state.matter.party(answer.party))
    return reduce(
        lambda matter, party: leading.accepting(matter, state.mediator, party), by_parties, state.matter
    )


def _newest(before: tuple[SlotAnswer, ...], said: tuple[SlotAnswer, ...]) -> tuple[SlotAnswer, ...]:
    answers = {(answer.party, answer.slot_id): answer for answer in (*before, *said)}
    return tuple(answers.values())


def _proven(commitment: Commitment, shown: happened.CommitmentProven) -> Commitment:
    return replace(
        commitment,
        status="proven",
        proof=shown.text,
        confirm_until=shown.confirm_until,
        dispute=None,
        proven_on=shown.on,
        stated_by_mediator=shown.by_mediator,
        evidence=shown.evidence,
    )


def _disputed(commitment: Commitment, reason: str) -> Commitment:
    """Whoever speaks for the other side says so: what they affirmed before is affirmed no more."""
    return replace(commitment, status="disputed", dispute=reason, affirmed_by=(), objections_until=None)
