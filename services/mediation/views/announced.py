"""Sessions for everybody: nothing by which one could tell whose matter it is, but what both sides let others hear."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.decisions.openness import is_announced
from services.mediation.state import session_of
from services.mediation.storage import calendars
from services.mediation.storage import mediations as stored
from services.mediation.views.models import OpenSessionView
from shared.persistence.database import Connection


async def open_sessions(connection: Connection, alliance_id: UUID, now: datetime) -> list[OpenSessionView]:
    """The next one first; of an alliance that does not exist none."""
    scheduled = await stored.scheduled_in(connection, alliance_id)
    names = {room.room_id: room.name for room in await calendars.rooms(connection, alliance_id)}
    announced = [
        OpenSessionView(
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            room=names[session.room_id],
            category=state.matter.category,
        )
        for state in scheduled
        if is_announced(state, now) and (session := session_of(state)) is not None
    ]
    return sorted(announced, key=lambda one: one.starts_at)
