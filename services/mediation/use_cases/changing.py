"""Load, decide, save: what every change has in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

from services.mediation import events as happened
from services.mediation import policy, publish
from services.mediation.commands import NAMES, Command, FollowSession, InviteSpeakers
from services.mediation.decisions import apart, decide, evolve, reminding
from services.mediation.decisions.moves import require_possible
from services.mediation.rules import Rules, rules_on
from services.mediation.state import (
    Mediation,
    Opened,
    Reminder,
    Scheduled,
    Scheduling,
    Session,
    Span,
    commitments_of,
    mediator_of,
)
from services.mediation.storage import calendars, groups, mediations, people
from services.mediation.storage.calendars import Booking
from services.mediation.storage.charters import CHARTERS
from shared.access.actor import SYSTEM, Actor
from shared.clock import SHANGHAI, end_of_day, local_day
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.timers import Timer


async def handle(tx: Connection, command: Command, actor: Actor, now: datetime) -> Opened:
    """A command that needs nothing but the mediation's own state. Raises a named refusal."""
    before = await begin(tx, command.mediation_id, type(command), actor)
    return await apply(tx, before, command, actor, now)


async def begin(
    tx: Connection, mediation_id: UUID, command: type[Command], actor: Actor
) -> saving.Aggregate[Opened]:
    """The mediation, locked, if this actor may give this command now; facts need gathering for no other."""
    before = await mediations.lock_mediation(tx, mediation_id, by=actor)
    policy.require(actor, command, before.state)
    require_possible(before.state, NAMES[command])
    return before


async def apply(
    tx: Connection, before: saving.Aggregate[Any], command: Command, actor: Actor, now: datetime
) -> Opened:
    """Decides and saves everything that follows; the mediation as it is then."""
    charter = await CHARTERS.current(tx, before.alliance_id)
    rules = rules_on(local_day(now), charter.rules)
    events = decide(before.state, command, now, rules=rules, calendar=charter.calendar)
    after: Opened = reduce(evolve, events, before.state)
    if not events:
        return after
    doors = await _doors(tx, before.alliance_id, events)
    owed = reminding.reminders(before.state, after, local_day(now), rules=rules, calendar=charter.calendar)
    change = saving.change(
        before,
        after,
        events,
        actor=actor,
        now=now,
        service="mediation",
        codec=mediations.EVENTS,
        new_id=new_id,
        contracts=lambda event: [
            *publish.named(publish.contracts(after, event), doors),
            *(publish.settled(before.state, after) if event is events[-1] else ()),
        ],
        timers=[
            *_timers(after, events, now=now, rules=rules),
            *(word_owed(after.matter.mediation_id, reminder, day, rules) for reminder, day in owed),
        ],
        cancelled=[
            _timer_key(one.commitment_id) for one in events if isinstance(one, happened.CommitmentConfirmed)
        ],
    )
    await _keep_beside(tx, after, events, now=now, rules=rules)
    await mediations.save_mediation(tx, change)
    if any(isinstance(one, _LEADING) for one in events):
        await _lead(tx, after, now)
    if any(isinstance(one, _SEATING) for one in events):
        return await seat_speakers(tx, after, now)
    return after


IN_A_ROOM = (
    happened.SessionScheduled,
    happened.SessionMoved,
    happened.SessionCancelled,
    happened.SessionRemindedOf,
    happened.RoomClosed,
    happened.GuestBooked,
    happened.GuestReleased,
)
"""Of which people are told where."""


async def _doors(tx: Connection, alliance_id: UUID, events: Sequence[happened.Event]) -> Mapping[str, str]:
    """The name of each room by its mark, where `events` speak of one."""
    if not any(isinstance(one, IN_A_ROOM) for one in events):
        return {}
    return {room.code: room.name for room in await calendars.rooms(tx, alliance_id)}


_SEATING = (happened.MediatorTook, happened.InvitationEnded, happened.GuestAnswered)
"""After which there is a session to come to, or a place is free."""


async def seat_speakers(tx: Connection, state: Opened, now: datetime) -> Opened:
    """Asks whoever was drawn by lot to speak for a group, once there is a session to come to, and sends away whoever
    is of the group no more.
    """
    drawn, seats = await groups.drawn_for(tx, state.matter.case_id)
    speaking = drawn or any(guest.drawn for guest in state.matter.guests)
    if not speaking or not isinstance(state, Scheduling | Scheduled):
        return state
    mediation_id = state.matter.mediation_id
    shared = bool(await mediations.held_with(tx, mediation_id))
    return await handle(tx, InviteSpeakers(mediation_id, drawn, seats, shared), SYSTEM, now)


async def _lead(tx: Connection, after: Opened, now: datetime) -> None:
    """Whatever is held in this session moves with it; where it is held no more, the time stays the other's own."""
    session = after.session if isinstance(after, Scheduled) else None
    for mediation_id in await mediations.held_with(tx, after.matter.mediation_id):
        await handle(tx, FollowSession(mediation_id, session), SYSTEM, now)


_LEADING = (happened.SessionMoved, happened.SessionCancelled, happened.SessionVoided)


async def _keep_beside(
    tx: Connection, after: Opened, events: Sequence[happened.Event], *, now: datetime, rules: Rules
) -> None:
    """What the tables beside the mediation must know: bookings, and whose turn it was."""
    if any(isinstance(one, _REBOOKING) for one in events):
        await calendars.rebook(tx, after.matter.mediation_id, bookings(after, rules))
    mediation_id, mediator = after.matter.mediation_id, mediator_of(after)
    for event in events:
        match event:
            case happened.MediatorProposed():
                await people.keep_turn(tx, mediation_id, event.mediator, now)
            case happened.AbsenceRecorded() if mediator:
                await people.give_back_turn(tx, mediation_id, mediator)
            case happened.SessionHeld() if mediator:
                await people.count_held(tx, mediation_id, mediator, now)
            case happened.MediatorRemoved():
                await people.keep_entry(tx, after.matter, event)


_REBOOKING = (
    happened.SessionScheduled,
    happened.SessionMoved,
    happened.SessionParted,
    happened.SessionCancelled,
    happened.SessionVoided,
    happened.GuestBooked,
    happened.GuestReleased,
)


def bookings(state: Mediation, rules: Rules) -> list[Booking]:
    """Whom and what a fixed session takes up: mediator and room with the buffer after it, a party for its part.

    A guest who comes is there throughout. What is held in another's session takes up nothing beside it.
    """
    if not isinstance(state, Scheduled) or state.session.with_mediation is not None:
        return []
    session = state.session
    with_buffer = Span(session.starts_at, session.ends_at + rules.buffer)
    return [
        Booking(state.mediator, with_buffer),
        Booking(session.room_id, with_buffer),
        *(
            Booking(party.member_id, apart.time_for(party.side, session, session.parts))
            for party in state.matter.parties
        ),
        *(
            Booking(guest.member_id, Span(session.starts_at, session.ends_at))
            for guest in state.matter.coming
        ),
    ]


def _timers(after: Opened, events: Sequence[happened.Event], *, now: datetime, rules: Rules) -> list[Timer]:
    """Every commitment that takes effect is looked at before its day comes and when it is over; a choice when it was
    thought over; times that were proposed when the answers are due; a session before it begins.
    """
    timers = [
        Timer(f"default:{after.matter.mediation_id}:{then.isoformat()}", "default_path", then)
        for then in (one.takes_effect_at for one in events if isinstance(one, happened.DefaultChosen))
        if then is not None
    ]
    timers += [
        _slots_closed(after.matter.mediation_id, one.answer_until, rules)
        for one in events
        if isinstance(one, happened.SlotsProposed)
    ]
    granted = [one for one in events if isinstance(one, happened.DayGranted)]
    later = [_due(one.commitment_id, one.until, key=f":{one.until}") for one in granted]
    standing = [
        Timer(
            f"stand:{one.commitment_id}:{one.objections_until}",
            "confirmation_stands",
            end_of_day(one.objections_until),
            {"commitment_id": one.commitment_id},
        )
        for one in events
        if isinstance(one, happened.CommitmentAffirmed) and one.objections_until
    ]
    ahead = [_ahead(which, day, rules) for which, day in _days_named(after, events)]
    fixed = [
        one.session for one in events if isinstance(one, happened.SessionScheduled | happened.SessionMoved)
    ]
    ahead += [timer for one in fixed for timer in session_near(after.matter.mediation_id, one, rules)]
    coming = [timer for timer in ahead if timer.due_at > now]
    due = [*later, *_back_from_station(after, events), *_of_commitments(after, events)]
    return [*timers, *coming, *standing, *due]


def _days_named(after: Opened, events: Sequence[happened.Event]) -> Iterator[tuple[UUID, date]]:
    """The commitments for which a last day was named just now."""
    if any(isinstance(one, _IN_EFFECT) for one in events):
        yield from (
            (one.promise.commitment_id, one.last_day) for one in commitments_of(after) if not one.is_settled
        )
    yield from ((one.commitment_id, one.until) for one in events if isinstance(one, happened.DayGranted))


def _ahead(commitment_id: UUID, day: date, rules: Rules) -> Timer:
    """In the morning, so many days before; set again for the same day, it is the same timer."""
    morning = datetime.combine(day - timedelta(days=rules.reminder_days), rules.quiet_until, SHANGHAI)
    payload = {"commitment_id": commitment_id, "due_on": day.isoformat()}
    return Timer(f"commitment:{commitment_id}:ahead:{day}", "commitment_soon_due", morning, payload)


def word_owed(mediation_id: UUID, reminder: Reminder, day: date, rules: Rules) -> Timer:
    """In the morning of that day. The same person may be a guest of several mediations, or be invited again."""
    key = f"word:{mediation_id}:{reminder.word}:{reminder.of}:{reminder.until}:{reminder.turn}:{day}"
    morning = datetime.combine(day, rules.quiet_until, SHANGHAI)
    return Timer(key, "word_owed", morning, asdict(reminder))


def session_near(mediation_id: UUID, session: Session, rules: Rules) -> Iterator[Timer]:
    """So many hours before, for each who comes at a time of their own; of a time that is moved it says nothing."""
    for side, starts_at in apart.arrivals(session):
        for hours in {rules.session_reminder_hours, rules.session_last_reminder_hours}:
            of = {"session_id": session.session_id, "sequence": session.sequence, "side": side}
            key = f"session:{mediation_id}:{session.session_id}:{session.sequence}:{side}:{hours}"
            yield Timer(key, "session_near", starts_at - timedelta(hours=hours), of)


def _slots_closed(mediation_id: UUID, answer_until: date, rules: Rules) -> Timer:
    """In the morning after the last day for answers: nobody is told of a session at night."""
    morning = datetime.combine(answer_until + timedelta(days=1), rules.quiet_until, SHANGHAI)
    return Timer(f"slots:{mediation_id}:{answer_until}", "slots_closed", morning)


def _of_commitments(after: Opened, events: Sequence[happened.Event]) -> list[Timer]:
    if not any(isinstance(one, _IN_EFFECT) for one in events):
        return []
    promises = [one.promise for one in commitments_of(after) if not one.is_settled]
    return [_due(promise.commitment_id, promise.due_on) for promise in promises]


def _back_from_station(after: Opened, events: Sequence[happened.Event]) -> Iterator[Timer]:
    """What is still owed of the days that passed meanwhile is told when the day of the return is over."""
    for returned in (one for one in events if isinstance(one, happened.HandoverReturned)):
        for owed in commitments_of(after):
            if not owed.is_settled and owed.last_day < returned.on:
                yield _due(owed.promise.commitment_id, returned.on, key=f":back:{returned.on}")


_IN_EFFECT = (happened.AgreementEffective, happened.AmendmentEffective)


def _due(commitment_id: UUID, day: date, *, key: str = "") -> Timer:
    """Set again for the same day, it is the same timer."""
    return Timer(
        _timer_key(commitment_id) + key, "commitment_due", end_of_day(day), {"commitment_id": commitment_id}
    )


def _timer_key(commitment_id: UUID) -> str:
    return f"commitment:{commitment_id}:due"
