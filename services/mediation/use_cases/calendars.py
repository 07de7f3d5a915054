"""Hours of mediators and rooms. No history is kept of them: what was booked by them is in the mediations."""

from __future__ import annotations

from datetime import datetime
from itertools import compress
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import NoteRoomClosed
from services.mediation.decisions.slots import Availability, are_shut_out
from services.mediation.storage import calendars
from services.mediation.storage.calendars import FixedSession
from services.mediation.use_cases.changing import handle
from shared.access.actor import SYSTEM, Actor
from shared.persistence.database import Connection


async def set_availability(tx: Connection, availability: Availability, actor: Actor) -> None:
    """A mediator says when they can be asked."""
    alliance_id = policy.alliance_for(actor, "mediator")
    await calendars.keep_mediator_availability(tx, policy.member(actor), alliance_id, availability)


async def renew_feed(tx: Connection, feed_id: UUID, actor: Actor) -> None:
    """A link to the mediator's own calendar; the one given out before opens nothing any more."""
    alliance_id = policy.alliance_for(actor, "mediator")
    await calendars.keep_feed(tx, policy.member(actor), alliance_id, feed_id)


async def set_room(
    tx: Connection,
    room_id: UUID,
    *,
    code: str,
    name: str,
    availability: Availability,
    actor: Actor,
    now: datetime,
) -> tuple[UUID, list[FixedSession]]:
    """A coordinator names a room and when it is open; `room_id` is for a room not known yet.

    Nothing is cancelled by it: whoever leads a session for which the room is closed by this is told, to move it.
    """
    alliance_id = policy.alliance_for(actor, "coordinator")
    shut_out = await shut_out_by(tx, code=code, availability=availability, actor=actor, now=now)
    kept = await calendars.keep_room(
        tx, room_id, alliance_id, code=code, name=name, availability=availability
    )
    for one in sorted(shut_out, key=lambda one: one.mediation_id):
        await handle(tx, NoteRoomClosed(one.mediation_id), SYSTEM, now)
    return kept, shut_out


async def shut_out_by(
    connection: Connection, *, code: str, availability: Availability, actor: Actor, now: datetime
) -> list[FixedSession]:
    """The sessions to come that are fixed in a room and for which these hours would close it, the first one first."""
    alliance_id = policy.alliance_for(actor, "coordinator")
    known = {one.code: one for one in await calendars.rooms(connection, alliance_id)}
    if code not in known:
        return []
    fixed = await calendars.fixed_in(connection, known[code].room_id, since=now)
    shut = are_shut_out(known[code].availability, availability, [one.span for one in fixed])
    return list(compress(fixed, shut))
