"""A mediation as a guest sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import Answer, GuestRole
from services.mediation.views.models.sessions import InRoom


class InvitedSlotView(InRoom):
    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    answer: Answer | None


class InvitedSessionView(InRoom):
    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime


class InvitationView(BaseModel):
    """All that a guest sees: which matter, whose by their labels, when and where."""

    id: UUID
    reference: str
    role: GuestRole
    required: bool
    comes: bool | None
    sides: list[str]
    slots: list[InvitedSlotView]
    session: InvitedSessionView | None
    open: bool
    """Whether others may listen; until the session begins a party may say otherwise."""
    next: str
    possible: list[str]
