"""Who mediates and where: mediators and rooms, and when they can be had."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from pydantic import Field

from services.portal.answers.common import Answer, WeeklyHours


class Exceptional(Answer):
    """A day that differs from the week."""

    day: date
    available: bool
    from_: time = Field(alias="from", default=time.min)
    to: time = time.max


class Availability(Answer):
    """When a mediator can be had."""

    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


class Mediator(Answer):
    """A mediator in the alliance's list; hours for themselves and the committee."""

    id: UUID
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    availability: Availability | None = None


class Course(Answer):
    """A course finished."""

    code: str
    on: date


class Profile(Answer):
    """What a mediator says of themselves."""

    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    training: tuple[Course, ...] = ()
    limit: int | None = None
    members: tuple[UUID, ...] = ()
    places: tuple[UUID, ...] = ()


class Room(Answer):
    """A room for sessions, and when it is open."""

    code: str
    name: str
    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


class AffectedSession(Answer):
    """A session that is fixed in a room which would be closed for it."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    starts_at: datetime
    ends_at: datetime


class AskedMediator(Answer):
    """A mediator who was asked, as the committee sees it."""

    mediator_id: UUID
    declared: str | None = None
    left: str | None = None
    note: str = ""
