"""Rooms as people know them: decisions know a room by its mark alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from services.mediation.storage import calendars
from services.mediation.views.models import DayView, InvitationView, MediationView
from shared.persistence.database import Connection

V = TypeVar("V", bound=MediationView | InvitationView)


async def names(connection: Connection, alliance_id: UUID) -> dict[str, str]:
    """The name of each room, by its mark."""
    return {room.code: room.name for room in await calendars.rooms(connection, alliance_id)}


def named(view: V, names: Mapping[str, str]) -> V:
    """The same with the name of every room in it."""
    for slot in view.slots:
        slot.room_name = names.get(slot.room)
    if view.session is not None:
        view.session.room_name = names.get(view.session.room)
    return view


def named_days(days: list[DayView], names: Mapping[str, str]) -> list[DayView]:
    """The same for a calendar."""
    for day in days:
        day.room_name = names.get(day.room) if day.room else None
    return days
