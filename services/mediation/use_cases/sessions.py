"""Finding times in everybody's calendars, and notes that nobody else may read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import (
    ChooseOpenness,
    CloseSlots,
    ExplainAbsence,
    MoveToSlot,
    MoveToTime,
    ProposeSlots,
    ScheduleSession,
    ScheduleTogether,
    WriteCaucusNote,
)
from services.mediation.decisions import apart, joint, slots
from services.mediation.rules import rules_on
from services.mediation.state import Matter, Opened, Scheduled, Scheduling, Side, Slot, Span, mediator_of
from services.mediation.storage import calendars, caucus_notes, mediations, people
from services.mediation.storage.caucus_notes import CaucusNote
from services.mediation.storage.charters import CHARTERS
from services.mediation.use_cases.changing import apply, begin
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.errors import Invalid
from shared.ids import new_id
from shared.persistence.database import Connection


async def offer_slots(
    tx: Connection, mediation_id: UUID, count: int | None, actor: Actor, now: datetime
) -> Opened:
    """Proposes times at which both sides, the mediator and a room are free."""
    before = await begin(tx, mediation_id, ProposeSlots, actor)
    rules = rules_on(local_day(now), (await CHARTERS.current(tx, before.alliance_id)).rules)
    found = slots.openings(
        await _calendars(tx, before.state.matter, policy.member(actor), local_day(now)),
        now,
        count=min(count or rules.slots_offered, rules.slots_offered),
        rules=rules,
    )
    offered = tuple(_slot(one.span, one.room.room_id, one.room.code) for one in found)
    return await apply(tx, before, ProposeSlots(mediation_id, offered), actor, now)


async def schedule(tx: Connection, mediation_id: UUID, slot_id: UUID, actor: Actor, now: datetime) -> Opened:
    """Fixes a slot, unless its room was closed for that time since."""
    before = await begin(tx, mediation_id, ScheduleSession, actor)
    room_open = await _is_room_open(tx, before.state, slot_id)
    command = ScheduleSession(mediation_id, slot_id, new_id(), room_open)
    return await apply(tx, before, command, actor, now)


async def move_to_slot(
    tx: Connection, mediation_id: UUID, slot_id: UUID, *, reason: str, actor: Actor, now: datetime
) -> Opened:
    """Moves the session to another slot, on the same condition."""
    before = await begin(tx, mediation_id, MoveToSlot, actor)
    room_open = await _is_room_open(tx, before.state, slot_id)
    return await apply(tx, before, MoveToSlot(mediation_id, slot_id, reason, room_open), actor, now)


async def _is_room_open(tx: Connection, state: Opened, slot_id: UUID) -> bool:
    """What is no slot of this mediation is for the decision to refuse."""
    offered = state.slots if isinstance(state, Scheduling | Scheduled) else ()
    slot = next((one for one in offered if one.slot_id == slot_id), None)
    rooms = await calendars.rooms(tx, state.matter.alliance_id)
    return slot is None or any(
        room.room_id == slot.room_id and slots.is_open(room.availability, Span(slot.starts_at, slot.ends_at))
        for room in rooms
    )


async def schedule_together(
    tx: Connection, mediation_id: UUID, other_id: UUID, actor: Actor, now: datetime
) -> Opened:
    """Fixes the other mediation's time for this one too. Both are held, in one order for all."""
    await mediations.hold(tx, (mediation_id, other_id))
    before = await begin(tx, mediation_id, ScheduleTogether, actor)
    beside = {one.mediation_id for one in before.state.matter.beside}
    other = (await mediations.lock_mediation(tx, other_id, by=SYSTEM)).state if other_id in beside else None
    command = ScheduleTogether(
        mediation_id,
        new_id(),
        other_id,
        session=other.session if isinstance(other, Scheduled) else None,
        mediator=mediator_of(other) if other else None,
        agreed=other is not None and joint.is_agreed(other.matter),
        has_guests=other is not None and bool(other.matter.guests),
        open=other is not None and other.matter.is_open,
    )
    return await apply(tx, before, command, actor, now)


async def choose_openness(
    tx: Connection, mediation_id: UUID, *, is_open: bool, actor: Actor, now: datetime
) -> Opened:
    """A party wishes the session open or closed; it may be another matter's too."""
    before = await begin(tx, mediation_id, ChooseOpenness, actor)
    shared = bool(await mediations.held_with(tx, mediation_id))
    command = ChooseOpenness(mediation_id, policy.member(actor), is_open, shared)
    return await apply(tx, before, command, actor, now)


async def close_slots(tx: Connection, mediation_id: UUID, now: datetime) -> Opened:
    """Fixes the best of the times proposed, unless somebody was booked for it since. Raises NotNow."""
    before = await begin(tx, mediation_id, CloseSlots, SYSTEM)
    state = before.state
    assert isinstance(state, Scheduling)  # noqa: S101 - `begin` raised NotNow for every other
    rules = rules_on(local_day(now), (await CHARTERS.current(tx, before.alliance_id)).rules)
    found = await _calendars(tx, state.matter, state.mediator, local_day(now))
    free = frozenset(
        slot.slot_id
        for slot in state.slots
        if slots.fits(found, now, Span(slot.starts_at, slot.ends_at), slot.room_id, rules=rules)
    )
    return await apply(tx, before, CloseSlots(mediation_id, new_id(), free), SYSTEM, now)


async def explain_absence(
    tx: Connection, mediation_id: UUID, text: str, *, side: Side | None, actor: Actor, now: datetime
) -> Opened:
    """A party speaks for its own side; whoever writes down what they were told names it. Raises Invalid."""
    before = await begin(tx, mediation_id, ExplainAbsence, actor)
    spoken_for = policy.side_of(actor, before.state) or side
    if spoken_for is None:
        raise Invalid("/side", "field_missing")
    return await apply(tx, before, ExplainAbsence(mediation_id, spoken_for, text), actor, now)


async def move_to_time(
    tx: Connection,
    mediation_id: UUID,
    starts_at: datetime,
    *,
    room: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Opened:
    """Moves the session to a time of the mediator's choice, if every calendar has room for it."""
    before = await begin(tx, mediation_id, MoveToTime, actor)
    rules = rules_on(local_day(now), (await CHARTERS.current(tx, before.alliance_id)).rules)
    found = await _calendars(tx, before.state.matter, policy.member(actor), local_day(now))
    room_id = next((one.room_id for one in found.rooms if one.code == room), None)
    if room_id is None:
        raise Invalid("/room", "unknown_room")
    span = Span(starts_at, starts_at + apart.length(separate=found.separate, rules=rules))
    command = MoveToTime(
        mediation_id,
        _slot(span, room_id, room),
        fits=slots.fits(found, now, span, room_id, rules=rules),
        reason=reason,
    )
    return await apply(tx, before, command, actor, now)


def _slot(span: Span, room_id: UUID, room: str) -> Slot:
    return Slot(new_id(), span.starts_at.astimezone(UTC), span.ends_at.astimezone(UTC), room_id, room)


async def _calendars(tx: Connection, matter: Matter, mediator_id: UUID, today: date) -> slots.Calendars:
    there = [party.member_id for party in matter.parties] + [guest.member_id for guest in matter.coming]
    busy = await calendars.booked(tx, [mediator_id, *there], but_not_for=matter.mediation_id)
    hours = await calendars.mediator_availability(tx, [mediator_id])
    shops = await people.shops_of(tx, _open_about_their_shop(matter), on=today)
    return slots.Calendars(
        mediator=hours[mediator_id],
        mediator_busy=busy[mediator_id],
        rooms=await calendars.bookable_rooms(tx, matter.alliance_id, but_not_for=matter.mediation_id),
        attendees=(
            *(
                slots.Attendee(one.side, one.windows, busy[one.member_id], shops.get(one.member_id, ()))
                for one in matter.parties
            ),
            *(slots.Attendee(None, one.windows, busy[one.member_id]) for one in matter.coming),
        ),
        separate=matter.separate,
        official=(await CHARTERS.current(tx, matter.alliance_id)).calendar,
    )


def _open_about_their_shop(matter: Matter) -> list[UUID]:
    """The parties whose shop's hours count: of a hidden one, the times offered would tell which shop it is."""
    return [
        party.member_id for party in matter.parties if not (matter.hidden and party.side == "complainant")
    ]


async def write_caucus_note(
    tx: Connection, mediation_id: UUID, text: str, *, side: Side, actor: Actor, now: datetime
) -> Opened:
    """Seals the words away; the mediation and its journal learn only that there is a note."""
    before = await begin(tx, mediation_id, WriteCaucusNote, actor)
    note = CaucusNote(new_id(), side, text, now)
    after = await apply(tx, before, WriteCaucusNote(mediation_id, note.id), actor, now)
    await caucus_notes.seal(
        tx, note, mediation_id=mediation_id, alliance_id=before.alliance_id, author_id=policy.member(actor)
    )
    return after
