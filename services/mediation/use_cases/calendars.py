"""Hours of mediators and rooms. No history is kept of them: what was booked by them is in the mediations."""

from __future__ import annotations

from uuid import UUID

from services.mediation import policy
from services.mediation.decisions.slots import Availability
from services.mediation.storage import calendars
from shared.access.actor import Actor
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
    tx: Connection, room_id: UUID, *, code: str, name: str, availability: Availability, actor: Actor
) -> UUID:
    """A coordinator names a room and when it is open; `room_id` is for a room not known yet."""
    alliance_id = policy.alliance_for(actor, "coordinator")
    return await calendars.keep_room(
        tx, room_id, alliance_id, code=code, name=name, availability=availability
    )
