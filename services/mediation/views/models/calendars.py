"""Days, rooms and sessions in the order of a calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.mediation.forms import ExceptionForm, HoursForm
from services.mediation.state import Side


class FeedView(BaseModel):
    """Where a calendar program finds the mediator's sessions; whoever has the address reads them."""

    url: str


class DayView(BaseModel):
    """A day of one of the reader's mediations: a session they come to, or the due day of a promise."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    what: Literal["session", "commitment"]
    on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str | None = None
    room_name: str | None = None
    separate: bool = False
    promise: str | None = None
    owner_side: Side | None = None


class OpenSessionView(BaseModel):
    """A session to which everybody may come and listen: when, in which room by its name, about what kind of matter."""

    starts_at: datetime
    ends_at: datetime
    room: str
    category: str


class RoomView(BaseModel):
    """A room as it was named."""

    id: UUID
    code: str
    name: str
    weekly: list[HoursForm]
    exceptions: list[ExceptionForm]


class AffectedSessionView(BaseModel):
    """A session that is fixed in a room which is closed for it: it stands until whoever leads it moves it."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    starts_at: datetime
    ends_at: datetime


class KeptRoomView(RoomView):
    """A room as it was named just now; whoever leads the sessions `affected` is told."""

    affected: list[AffectedSessionView]
