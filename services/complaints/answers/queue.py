"""The coordinators' desk."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.cases import CaseItem
from services.complaints.clocks import ClockName, ClockState
from services.complaints.terms import Identity, Tier


class QueueClock(BaseModel):
    """A clock that runs or stands still, and by how many days it is late."""

    name: ClockName
    until: date
    state: ClockState
    late_days: int


class QueueItem(CaseItem):
    """A case on the desk: what a coordinator weighs without opening it."""

    building_id: UUID | None
    tier: Tier
    identity: Identity
    clocks: list[QueueClock]
    needs_me: bool
    emergency: bool
    """Somebody may be in danger, and it is not over."""
    respondent_unknown: bool
    mediator_id: UUID | None
    referred_to: str | None


class QueueCounts(BaseModel):
    """How many open cases there are, whatever is filtered."""

    open: int
    needs_me: int
    past: int
    near: int
    emergencies: int
    unassigned: int
    respondent_unknown: int


class QueuePage(BaseModel):
    """`counts` and `found` stand on the first page alone."""

    items: list[QueueItem]
    counts: QueueCounts | None = None
    found: int | None = None
    """How many there are of what is looked for, over all pages."""
    next_cursor: str | None


class KeptFilter(BaseModel):
    """A filter under the name its coordinator gave it, as the query it stands for."""

    name: str
    filter: dict[str, str]


class KeptFilters(BaseModel):
    items: list[KeptFilter]
