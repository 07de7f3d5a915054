"""Finding, fixing and moving a time, and holding the session (art. 21, 27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.mediation.commands import (
    AnswerSlots,
    CloseSlots,
    MoveToSlot,
    MoveToTime,
    NoteRoomClosed,
    PassOnTimes,
    ProposeSlots,
    RemindOfSession,
    ScheduleSession,
    WriteCaucusNote,
    WriteMinutes,
)
from services.mediation.decisions import apart, children, guests, on_paper
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    AvailabilityStated,
    CaucusNoteWritten,
    Event,
    MinutesWritten,
    NoTimeFound,
    RoomClosed,
    SessionHeld,
    SessionMoved,
    SessionRemindedOf,
    SessionScheduled,
    SlotsAnswered,
    SlotsProposed,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    ChoosingMediator,
    Drafting,
    Mediation,
    Scheduled,
    Scheduling,
    Session,
    Signing,
    Slot,
    guests_of,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.errors import Invalid, NotFound, Refused

Meeting = (
    ProposeSlots
    | AnswerSlots
    | PassOnTimes
    | ScheduleSession
    | CloseSlots
    | MoveToSlot
    | MoveToTime
    | RemindOfSession
    | NoteRoomClosed
    | WriteMinutes
    | WriteCaucusNote
)


def decide(  # noqa: PLR0911, PLR0912 - one answer for each command
    state: Mediation, command: Meeting, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """A time is fixed only when nobody declined whose no counts; minutes are written only once it has begun."""
    match state, command:
        case Scheduling() | Scheduled(), ProposeSlots(slots=slots):
            apart_too = tuple(_with_parts(state, slot, rules) for slot in slots)
            return _propose(apart_too, now, rules=rules, calendar=calendar)
        case ChoosingMediator() | Scheduling() | Scheduled(), AnswerSlots():
            return _answer(state, command)
        case ChoosingMediator() | Scheduling() | Scheduled(), PassOnTimes():
            on_paper.require_no_account(state.matter, command)
            return _answer(state, command)
        case Scheduling(), ScheduleSession():
            slot = _in_time(_agreed_slot(state, command), now, rules)
            return _fixed(state, slot, command.session_id)
        case Scheduling(), CloseSlots():
            return _close(state, command, now, rules)
        case Scheduled(), MoveToSlot():
            return _move(state, _agreed_slot(state, command), command.reason, now, rules)
        case Scheduled(), MoveToTime():
            if not command.fits:
                raise Refused("time_not_free")
            if state.matter.waits_for_guests:
                raise Refused("guest_unanswered")
            return _move(state, _with_parts(state, command.slot, rules), command.reason, now, rules)
        case Scheduled(), RemindOfSession():
            return _remind(state.session, command, now)
        case Scheduled(), NoteRoomClosed():
            return [RoomClosed(state.session)] if now < state.session.starts_at else []
        case Scheduled(), WriteMinutes(text=text):
            _require_begun(state.session, now)
            children.require_nameless(state.matter, "/text", text)
            return [MinutesWritten(text), SessionHeld(state.session.session_id)]
        case Drafting(), WriteMinutes(text=text):
            children.require_nameless(state.matter, "/text", text)
            return [MinutesWritten(text)]
        case Scheduling() | Scheduled() | Drafting() | Signing(), WriteCaucusNote(note_id=note_id):
            return [CaucusNoteWritten(note_id)]
        case _:
            raise not_now(state)


def _remind(session: Session, command: RemindOfSession, now: datetime) -> list[Event]:
    """Of a time that was moved, or has begun, nobody is."""
    is_it = (session.session_id, session.sequence) == (command.session_id, command.sequence)
    begins = apart.time_for(command.side, session, session.parts).starts_at
    return [SessionRemindedOf(session, command.side)] if is_it and now < begins else []


def _with_parts(state: Scheduling | Scheduled, slot: Slot, rules: Rules) -> Slot:
    return replace(slot, parts=apart.parts_of(slot, separate=state.matter.separate, rules=rules))


def _propose(
    slots: tuple[Slot, ...], now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    if not slots:
        raise Refused("no_common_time")
    first = min(slot.starts_at for slot in slots)
    asked = calendar.after_working_days(local_day(now), rules.slot_answer_working_days)
    return [SlotsProposed(slots, answer_until=min(asked, local_day(first)))]


def _answer(
    state: ChoosingMediator | Scheduling | Scheduled, command: AnswerSlots | PassOnTimes
) -> list[Event]:
    if state.matter.party(command.party) is None and not _comes(state, command.party):
        raise NotFound
    known = set() if isinstance(state, ChoosingMediator) else {slot.slot_id for slot in state.slots}
    for place, answer in enumerate(command.answers):
        if answer.slot_id not in known:
            raise Invalid(f"/answers/{place}/slot_id", "unknown_slot")
    events: list[Event] = []
    if command.available is not None:
        events.append(AvailabilityStated(command.party, command.available))
    if command.answers:
        events.append(SlotsAnswered(command.answers))
    return events


def _close(state: Scheduling, command: CloseSlots, now: datetime, rules: Rules) -> list[Event]:
    """Nobody has to be asked again what everybody has answered: of the times that suit all, the one with the most
    plain yeses is fixed, the earliest of several.
    """
    if state.answer_until is None or now < end_of_day(state.answer_until):
        return []
    possible = [
        slot
        for slot in state.slots
        if slot.slot_id in command.free and objection(state, slot) is None and _is_in_time(slot, now, rules)
    ]
    if not possible:
        return [NoTimeFound()]
    best = min(possible, key=lambda slot: (-_yeses(state, slot), slot.starts_at))
    return _fixed(state, best, command.session_id)


def _fixed(state: Scheduling, slot: Slot, session_id: UUID) -> list[Event]:
    return [*guests.staying_away(state, slot.slot_id), SessionScheduled(_first_session(slot, session_id))]


def _yeses(state: Scheduling, slot: Slot) -> int:
    return sum(one.slot_id == slot.slot_id and one.answer == "yes" for one in state.answers)


def _comes(state: ChoosingMediator | Scheduling | Scheduled, member_id: UUID) -> bool:
    return any(guest.comes and guest.member_id == member_id for guest in guests_of(state))


def _agreed_slot(state: Scheduling | Scheduled, command: ScheduleSession | MoveToSlot) -> Slot:
    slot = next((slot for slot in state.slots if slot.slot_id == command.slot_id), None)
    if slot is None:
        raise Invalid("/slot_id", "unknown_slot")
    if not command.room_open:
        raise Refused("room_closed")
    if refused := objection(state, slot):
        raise Refused(refused)
    return slot


def objection(state: Scheduling | Scheduled, slot: Slot) -> str | None:
    """Why the slot may not be fixed, as the refusal's code."""
    said = {answer.party: answer.answer for answer in state.answers if answer.slot_id == slot.slot_id}
    parties = [party.member_id for party in state.matter.parties]
    needed = [*parties, *(guest.member_id for guest in state.matter.coming if guest.required)]
    if any(said.get(member_id) == "no" for member_id in needed):
        return "slot_declined"
    if any(party not in said for party in parties):
        return "slot_unanswered"
    return "guest_unanswered" if state.matter.waits_for_guests else None


def _in_time(slot: Slot, now: datetime, rules: Rules) -> Slot:
    if not _is_in_time(slot, now, rules):
        raise Refused("too_short_notice", hours=rules.notice_hours)
    return slot


def _is_in_time(slot: Slot, now: datetime, rules: Rules) -> bool:
    return slot.starts_at - now >= rules.notice


def _first_session(slot: Slot, session_id: UUID) -> Session:
    return Session(
        session_id,
        session_id.hex.upper(),
        0,
        slot.starts_at,
        slot.ends_at,
        slot.room_id,
        slot.room,
        slot.parts,
    )


def _move(state: Scheduled, slot: Slot, reason: str, now: datetime, rules: Rules) -> list[Event]:
    if state.moves >= rules.reschedule_limit and not state.absent:
        raise Refused("moved_too_often", limit=rules.reschedule_limit)
    if state.default is not None and state.default.choice != "again":
        raise Refused("default_path_open")
    _in_time(slot, now, rules)
    moved = replace(
        state.session,
        sequence=state.session.sequence + 1,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room_id=slot.room_id,
        room=slot.room,
        parts=slot.parts,
        with_mediation=None,
    )
    return [*guests.staying_away(state, slot.slot_id), SessionMoved(moved, reason)]


def _require_begun(session: Session, now: datetime) -> None:
    if now < session.starts_at:
        raise Refused("session_not_begun")
