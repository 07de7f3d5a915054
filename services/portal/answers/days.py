"""What lies ahead on somebody's calendar, and the links to their home or shop."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer


class CaseDay(Answer):
    """The last day of a clock by its name, or a return visit."""

    case_id: UUID
    reference: str
    subcategory: str
    what: str
    on: date


class MediationDay(Answer):
    """A session, or the due day of a promise."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    what: str
    on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str | None = None
    room_name: str | None = None
    separate: bool = False
    promise: str | None = None
    owner_side: str | None = None


class InvitationLink(Answer):
    """A link that opens a home or shop to one person."""

    id: UUID
    kind: str
    url: str
    expires_at: datetime


class OpenedInvitation(Answer):
    """What a link opens."""

    alliance: str
    place: str
    kind: str
    expires_at: datetime
