"""A mediator, and what is kept beside their mediations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.mediation.decisions.profile import Topic
from services.mediation.forms import AvailabilityForm
from services.mediation.state import Language, Side
from services.mediation.views.models.fields import OnlyIfTrue


class NoteView(BaseModel):
    """A sealed note, for its author alone."""

    id: UUID
    side: Side
    text: str
    written_at: datetime


class EntryView(BaseModel):
    """That a mediator was taken off a matter; for coordinators alone."""

    mediation_id: UUID
    reference: str
    kind: str
    note: str
    entered_at: datetime


class MediatorView(BaseModel):
    """A mediator: hours for themselves and coordinators, conflicts and entries for coordinators alone.

    Who is `full` leads as many mediations as they or the alliance said. Never a home.
    """

    id: UUID
    languages: list[Language] = []
    topics: list[Topic] = []
    full: OnlyIfTrue = False
    availability: AvailabilityForm | None
    conflicts: list[str] | None
    entries: list[EntryView] | None = None
