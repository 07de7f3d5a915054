"""When and how the sides meet, as one reader sees it: of talks held apart a party learns its own part alone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import get_args

from services.mediation import guidance
from services.mediation.decisions import apart, joint, openness
from services.mediation.state import (
    DefaultChoice,
    Ended,
    Guest,
    Part,
    Scheduled,
    Scheduling,
    Session,
    Side,
    Slot,
    SlotAnswer,
    VoidSession,
    held_of,
    session_of,
)
from services.mediation.views.models import (
    AbsenceView,
    BesideView,
    DefaultPathView,
    DialogueView,
    FindingView,
    GuestAnswerView,
    GuestView,
    JointView,
    OpennessView,
    PartView,
    RestatementView,
    SessionView,
    SlotAnswerView,
    SlotView,
    SpokenView,
    VoidSessionView,
)
from services.mediation.views.reader import Reader


def void(reader: Reader, void: VoidSession) -> VoidSessionView:
    return VoidSessionView(
        session_id=void.session_id,
        starts_at=void.starts_at,
        stopped_at=void.stopped_at,
        minutes=list(void.minutes) if reader.sees("void_minutes") else [],
    )


def guest(reader: Reader, guest: Guest) -> GuestView:
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


def slots(reader: Reader) -> list[SlotView]:
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


def session(reader: Reader) -> SessionView | None:
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


def absences(reader: Reader) -> list[AbsenceView]:
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


def default_path(reader: Reader) -> DefaultPathView | None:
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


def together(reader: Reader) -> JointView | None:
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


def open_to_others(reader: Reader) -> OpennessView | None:
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


def dialogue(reader: Reader) -> DialogueView | None:
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
