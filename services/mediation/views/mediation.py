"""A mediation as one reader sees it. Who is hidden has a label and no id; what is sealed is not even loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID

from services.mediation import guidance, policy
from services.mediation.decisions import apart, joint, openness
from services.mediation.decisions.agreement import content_hash, warnings
from services.mediation.decisions.amending import amendment_hash, waits_for_group
from services.mediation.decisions.commitments import is_overdue, late_days
from services.mediation.decisions.court import is_asked_by_all
from services.mediation.state import (
    Agreement,
    Amendment,
    Asked,
    Commitment,
    Content,
    DefaultChoice,
    Ended,
    Guest,
    Marks,
    Matter,
    Opened,
    Oral,
    Part,
    Party,
    Performed,
    Performing,
    Place,
    Scheduled,
    Scheduling,
    Session,
    Side,
    Signature,
    Signing,
    Slot,
    SlotAnswer,
    VoidSession,
    candidate_of,
    commitments_of,
    content_of,
    held_of,
    mediator_of,
    minutes_of,
    places_of,
    proposed_of,
    session_of,
    status,
)
from services.mediation.views.models import (
    AbsenceView,
    AgreementView,
    AmendmentView,
    AskedView,
    BesideView,
    ClockView,
    CommitmentView,
    CourtResultView,
    CourtView,
    DefaultPathView,
    DialogueView,
    FindingView,
    GuestAnswerView,
    GuestView,
    JointView,
    ListedView,
    MediationView,
    OpennessView,
    OptInView,
    OralView,
    PartView,
    PartyView,
    Receipt,
    RestatementView,
    SentView,
    SessionView,
    SignatureView,
    SlotAnswerView,
    SlotView,
    SpanView,
    SpokenView,
    StepView,
    VoidSessionView,
    WarningView,
    WordingDisputeView,
)
from services.mediation.views.waiting import waits_for
from shared.access.actor import Actor
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.persistence.journal import Proof
from shared.texts import Language

_SHIPPED = WorkingCalendar()


@dataclass(frozen=True)
class Reader:
    """Who reads which mediation, when, in which language."""

    actor: Actor
    state: Opened
    now: datetime
    language: Language
    calendar: WorkingCalendar

    def sees(self, field: policy.Field) -> bool:
        return policy.sees(field, policy.roles_in(self.actor, self.state))

    @property
    def side(self) -> Side | None:
        return policy.side_of(self.actor, self.state)

    def is_(self, party: Party) -> bool:
        return party.member_id == self.actor.member_id

    def id_of(self, party: Party) -> UUID | None:
        """A party's id: one's own always, others' unless the matter is hidden from this reader."""
        hidden = self.state.matter.hidden or policy.is_joined(self.actor, self.state)
        known = self.is_(party) or not hidden or self.sees("parties_of_hidden_matter")
        return party.member_id if known else None

    def label(self, party: Party) -> str:
        return guidance.label(self.state.matter, party, self.language)

    def party(self, member_id: UUID) -> Party:
        parties = (*self.state.matter.parties, *self.state.matter.successors)
        return next(party for party in parties if party.member_id == member_id)


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
        parties=[_party(reader, one) for one in state.matter.parties] if reader.sees("parties") else [],
        mediator_id=mediator_of(state),
        proposed_id=proposed_of(state),
        accepted_by=_accepted_by(reader),
        mediators_asked=[_asked(one) for one in state.matter.asked] if reader.sees("mediators_asked") else [],
        void_sessions=[_void(reader, one) for one in state.matter.void] if reader.sees("session") else [],
        guests=[_guest(reader, one) for one in state.matter.guests] if reader.sees("session") else [],
        slots=_slots(reader),
        session=_session(reader),
        absences=_absences(reader),
        default_path=_default_path(reader),
        minutes=list(minutes_of(state)) if policy.reads_minutes(actor, state) else [],
        dialogue=_dialogue(reader),
        oral=_oral(reader),
        joint=_joint(reader),
        openness=_openness(reader),
        agreement=_agreement(reader),
        amendment=_amendment(reader),
        amendments=_amendments(reader),
        handover=_handover(state) if reader.sees("handover") else None,
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
        warnings=_warnings(state.matter, content, language) if content else [],
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
    )


def _accepted_by(reader: Reader) -> list[str]:
    candidate = candidate_of(reader.state)
    accepted = reader.state.matter.accepted(candidate) if candidate else ()
    return [reader.label(party) for party in reader.state.matter.parties if party.member_id in accepted]


def _asked(one: Asked) -> AskedView:
    return AskedView(mediator_id=one.mediator, declared=one.declared, left=one.left, by=one.by, note=one.note)


def _void(reader: Reader, void: VoidSession) -> VoidSessionView:
    return VoidSessionView(
        session_id=void.session_id,
        starts_at=void.starts_at,
        stopped_at=void.stopped_at,
        minutes=list(void.minutes) if reader.sees("void_minutes") else [],
    )


def _guest(reader: Reader, guest: Guest) -> GuestView:
    party = reader.side is not None
    return GuestView(
        guest_id=guest.known_as,
        role=guest.role,
        name=guest.name or _drawn(reader, guest),
        required=guest.required,
        agreed=guest in reader.state.matter.asked_guests,
        own=reader.actor.member_id in guest.agreed if party else None,
        comes=guest.comes,
        invited_by_you=guest.by is not None and guest.by == reader.actor.member_id,
        no_ties=guest.declared == "none",
    )


def _drawn(reader: Reader, guest: Guest) -> str:
    """Who speaks by lot is seen at the session, and called by the lot before."""
    speakers = reader.state.matter.speakers
    number = speakers.index(guest.member_id) + 1 if guest.drawn else None
    return guidance.TEXTS("speaker_drawn", reader.language, number=number) if number else ""


def _slots(reader: Reader) -> list[SlotView]:
    match reader.state:
        case Scheduling(slots=slots, answers=answers) | Scheduled(slots=slots, answers=answers):
            return [_slot(reader, slot, answers) for slot in slots]
        case _:
            return []


def _slot(reader: Reader, slot: Slot, answers: tuple[SlotAnswer, ...]) -> SlotView:
    said = [answer for answer in answers if answer.slot_id == slot.slot_id]
    parties = {party.member_id for party in reader.state.matter.parties}
    guests = {guest.member_id: guest.known_as for guest in reader.state.matter.guests}
    own = apart.time_for(reader.side, slot, slot.parts)
    return SlotView(
        slot_id=slot.slot_id,
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        room=slot.room,
        parts=_parts(reader, slot.parts),
        answers=[_slot_answer(reader, answer) for answer in said if answer.party in parties],
        guests=[
            GuestAnswerView(guest_id=guests[answer.party], answer=answer.answer)
            for answer in said
            if answer.party in guests
        ],
    )


def _parts(reader: Reader, parts: tuple[Part, ...]) -> list[PartView]:
    return [PartView(**asdict(part)) for part in parts] if reader.sees("parts") else []


def _slot_answer(reader: Reader, answer: SlotAnswer) -> SlotAnswerView:
    party = reader.party(answer.party)
    return SlotAnswerView(side=party.side, label=reader.label(party), answer=answer.answer)


def _session(reader: Reader) -> SessionView | None:
    session = session_of(reader.state)
    if session is None or not reader.sees("session"):
        return None
    own = guidance.own_time(reader.actor, reader.state, session)
    return SessionView(
        session_id=session.session_id,
        uid=session.uid,
        sequence=session.sequence,
        starts_at=own.starts_at,
        ends_at=own.ends_at,
        room=session.room,
        status=_session_status(reader, own.starts_at),
        separate=reader.state.matter.separate,
        parts=_parts(reader, session.parts),
        absent=_absent(reader, session),
    )


def _absent(reader: Reader, session: Session) -> list[Side]:
    """Of talks held apart a party learns only of its own side: the other's absence would tell its hour."""
    if not isinstance(reader.state, Scheduled):
        return []
    told = {reader.side} if session.parts and not reader.sees("parts") else {"complainant", "respondent"}
    return [side for side in reader.state.absent if side in told]


def _absences(reader: Reader) -> list[AbsenceView]:
    """As `_absent`; and of why, nobody of the other side."""
    state = reader.state
    if not isinstance(state, Scheduled):
        return []
    apart_only = bool(state.session.parts) and not reader.sees("parts")
    return [
        AbsenceView(
            side=one.side,
            on=one.on,
            waited_minutes=one.waited_minutes,
            explanation=one.explanation if one.side == reader.side or reader.sees("explanations") else None,
            excused=not one.counts,
        )
        for one in state.absences
        if one.side == reader.side or not apart_only
    ]


def _default_path(reader: Reader) -> DefaultPathView | None:
    """For the side that came and for whoever looks after the mediation."""
    path = reader.state.default if isinstance(reader.state, Scheduled) else None
    if path is None or reader.side == path.absent:
        return None
    return DefaultPathView(
        choose_until=path.choose_until,
        choices=list(get_args(DefaultChoice)),
        choice=path.choice,
        takes_effect_at=path.takes_effect_at,
        excused=path.excused,
    )


def _joint(reader: Reader) -> JointView | None:
    """Who else has said yes is not told before all have: nobody is to be pressed."""
    matter, session = reader.state.matter, session_of(reader.state)
    if not matter.beside or not reader.sees("parties"):
        return None
    me = next((party for party in matter.parties if reader.is_(party)), None)
    return JointView(
        beside=[BesideView(**asdict(one)) for one in matter.beside],
        agreed=me and me.joint,
        complete=joint.is_agreed(matter),
        with_mediation_id=session and session.with_mediation,
    )


def _openness(reader: Reader) -> OpennessView | None:
    """Of what was agreed at the door there is no session to listen to; who wished what is in no party's answer."""
    state = reader.state
    if state.matter.oral is not None or not reader.sees("session"):
        return None
    me = next((party for party in state.matter.parties if reader.is_(party)), None)
    return OpennessView(
        open=state.matter.is_open,
        may_be_open=openness.may_be_open(state),
        yours=me and me.open,
    )


def _dialogue(reader: Reader) -> DialogueView | None:
    held = held_of(reader.state)
    if held is None or not reader.sees("dialogue"):
        return None
    dialogue = held.dialogue
    return DialogueView(
        spoken=[SpokenView(**asdict(one)) for one in dialogue.spoken],
        restated=[
            RestatementView(side=one.side, text=one.text, right=one.right) for one in dialogue.restated
        ],
        findings=[FindingView(**asdict(one)) for one in dialogue.findings],
    )


def _session_status(reader: Reader, starts_at: datetime) -> str:
    match reader.state:
        case Scheduled():
            return "planned" if reader.now < starts_at else "begun"
        case Ended(held=None):
            return "cancelled"
        case _:
            return "held"


def _oral(reader: Reader) -> OralView | None:
    """An oral agreement may be confirmed in court like any other, once there is a record of it (art. 33)."""
    oral = reader.state.matter.oral
    if oral is None:
        return None
    return OralView(
        agreement_id=oral.agreement_id,
        agreed_on=oral.agreed_on,
        recorded=content_of(reader.state) is not None,
        dispute_until=oral.dispute_until,
        accepted=[reader.party(member_id).side for member_id in oral.accepted],
        dispute=_wording_dispute(reader, oral),
        judicial_until=oral.judicial_until,
        judicial_note=guidance.TEXTS("oral_needs_record", reader.language),
    )


def _wording_dispute(reader: Reader, oral: Oral) -> WordingDisputeView | None:
    if oral.dispute is None:
        return None
    reason = oral.dispute.reason if reader.sees("wording_dispute") else None
    return WordingDisputeView(side=reader.party(oral.dispute.party).side, reason=reason)


def _agreement(reader: Reader) -> AgreementView | None:
    state = reader.state
    match state:
        case Signing(content=content, signatures=signatures, marks=marks):
            return _agreement_view(reader, content, signatures, marks, agreement=None)
        case Performing(agreement=agreement) | Performed(agreement=agreement):
            return _agreement_view(
                reader, agreement.content, agreement.signatures, agreement.marks, agreement=agreement
            )
        case _:
            return None


def _agreement_view(
    reader: Reader,
    content: Content,
    signatures: tuple[Signature, ...],
    marks: Marks,
    *,
    agreement: Agreement | None,
) -> AgreementView:
    in_words = reader.sees("words_agreed")
    return AgreementView(
        id=content.agreement_id,
        form=content.form,
        facts=content.facts if in_words else "",
        terms=content.terms if in_words else "",
        content_hash=content_hash(reader.state.matter, content),
        warnings=_warnings(reader.state.matter, content, reader.language) if in_words else [],
        commitments=_commitments(reader, commitments_of(reader.state)),
        signatures=[_signature(reader, one) for one in signatures] + _marks(marks) if in_words else [],
        effective_on=agreement and agreement.effective_on,
        court=_court(reader, agreement) if agreement and in_words else None,
        opt_in=_opt_in(reader),
    )


def _opt_in(reader: Reader) -> OptInView | None:
    """For its members and for those who sign it."""
    matter = reader.state.matter
    if matter.fellows_until is None:
        return None
    me = reader.actor.member_id and matter.fellow(reader.actor.member_id)
    return OptInView(
        until=matter.fellows_until,
        yours=me.agrees if me else None,
        agreed=matter.about_bound,
    )


def _warnings(matter: Matter, content: Content, language: Language) -> list[WarningView]:
    return [WarningView(code=code, text=guidance.TEXTS(code, language)) for code in warnings(matter, content)]


def _commitments(reader: Reader, commitments: Sequence[Commitment]) -> list[CommitmentView]:
    places = places_of(one.promise for one in commitments)
    done = Counter(one.promise.step_of for one in commitments if one.status == "confirmed")
    return [
        _commitment(reader, one, _step(places[one.promise.commitment_id], done[one.promise.step_of]))
        for one in commitments
    ]


def _step(place: Place, performed: int) -> StepView | None:
    return StepView(number=place.step, of=place.steps, performed=performed) if place.steps > 1 else None


def _commitment(reader: Reader, commitment: Commitment, step: StepView | None) -> CommitmentView:
    promise, in_words = commitment.promise, reader.sees("words_of_promises")
    owner = reader.state.matter.side(promise.owner_side)[0]
    return CommitmentView(
        id=promise.commitment_id,
        owner_id=reader.id_of(owner) if reader.sees("parties") else None,
        owner_side=promise.owner_side,
        what=promise.what,
        measure=promise.measure,
        due_on=promise.due_on,
        step=step,
        status=commitment.status,
        overdue=is_overdue(commitment, reader.now),
        reminded=commitment.reminded,
        proof=commitment.proof,
        confirm_until=commitment.confirm_until,
        dispute=commitment.dispute if in_words else None,
        late_days=late_days(commitment),
        granted_until=commitment.granted_until,
        impossible=commitment.impossible if in_words else None,
        waived_by=[reader.party(one).side for one in commitment.waived_by],
        replaced_by=commitment.replaced_by,
        told_on=commitment.by_mouth and commitment.by_mouth.told_on,
        stated_by_mediator=commitment.stated_by_mediator,
        evidence_ids=list(commitment.evidence) if in_words else [],
        affirmed=len(commitment.affirmed_by),
        objections_until=commitment.objections_until,
        objected=bool(commitment.objections),
    )


def _amendment(reader: Reader) -> AmendmentView | None:
    """What is offered and not in effect: its promises are nobody's yet."""
    state = reader.state
    if not isinstance(state, Performing) or state.amendment is None or not reader.sees("words_agreed"):
        return None
    offered = state.amendment
    return AmendmentView(
        id=offered.content.agreement_id,
        terms=offered.content.terms,
        content_hash=amendment_hash(state.matter, offered),
        replaces=list(offered.replaces),
        commitments=_commitments(reader, tuple(Commitment(one) for one in offered.content.promises)),
        signatures=[_signature(reader, one) for one in offered.signatures] + _marks(offered.marks),
        effective_on=None,
        court=None,
        group_awaited=waits_for_group(state, offered),
        agreed_by_you=reader.actor.member_id in offered.agreed,
    )


def _amendments(reader: Reader) -> list[AmendmentView]:
    """Those in effect, the earlier ones readable beside the later."""
    state = reader.state
    if not isinstance(state, Performing | Performed) or not reader.sees("words_agreed"):
        return []
    return [_in_effect(reader, state.commitments, one) for one in state.amendments]


def _in_effect(reader: Reader, commitments: tuple[Commitment, ...], agreement: Agreement) -> AmendmentView:
    content = agreement.content
    replaced = [one.promise.commitment_id for one in commitments if one.replaced_by == content.agreement_id]
    own = {promise.commitment_id for promise in content.promises}
    amendment = Amendment(content, tuple(replaced))
    return AmendmentView(
        id=content.agreement_id,
        terms=content.terms,
        content_hash=amendment_hash(reader.state.matter, amendment),
        replaces=replaced,
        commitments=_commitments(
            reader, tuple(one for one in commitments if one.promise.commitment_id in own)
        ),
        signatures=[_signature(reader, one) for one in agreement.signatures] + _marks(agreement.marks),
        effective_on=agreement.effective_on,
        court=_court(reader, agreement),
    )


def _signature(reader: Reader, signature: Signature) -> SignatureView:
    party = reader.party(signature.party)
    return SignatureView(
        by="party",
        side=party.side,
        label=reader.label(party),
        on=local_day(signature.at),
        by_code=signature.proven_at is not None,
    )


def _marks(marks: Marks) -> list[SignatureView]:
    made = {"mediator": marks.mediator, "committee": marks.committee}
    return [SignatureView(by=by, side=None, label=None, on=local_day(at)) for by, at in made.items() if at]


def _court(reader: Reader, agreement: Agreement) -> CourtView:
    asked = [reader.party(member_id).side for member_id in agreement.asked_court]
    complete = is_asked_by_all(reader.state.matter, agreement)
    over = reader.now >= end_of_day(agreement.judicial_until)
    return CourtView(
        until=agreement.judicial_until,
        provisional=reader.calendar.is_provisional(agreement.judicial_until.year),
        asked=asked,
        complete=complete,
        lapsed=over and not complete,
        result=CourtResultView(**vars(agreement.court_result)) if agreement.court_result else None,
        told_on=agreement.court_by_mouth and agreement.court_by_mouth.told_on,
    )


def _handover(state: Opened) -> SentView | None:
    sent = state.handover if isinstance(state, Performing | Performed) else None
    if sent is None:
        return None
    return SentView(
        id=sent.pack_id,
        sent_on=sent.sent_on,
        contents=list(sent.contents),
        pages=sent.pages,
        sha256=sent.sha256,
    )
