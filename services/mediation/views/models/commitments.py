"""What was promised, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import CommitmentStatus, Side
from services.mediation.views.models.fields import OnlyIfTrue


class StepView(BaseModel):
    """Which of how many steps of one promise it is, and how many of them are performed: all, and the promise is."""

    number: int
    of: int
    performed: int


class CommitmentView(BaseModel):
    id: UUID
    owner_id: UUID | None
    owner_side: Side
    what: str
    measure: str
    due_on: date
    step: StepView | None
    """Where it is done several times, each on a day of its own."""
    status: CommitmentStatus
    overdue: bool
    reminded: bool
    proof: str | None
    confirm_until: date | None
    dispute: str | None
    late_days: int
    granted_until: date | None
    impossible: str | None
    waived_by: list[Side]
    replaced_by: UUID | None
    told_on: date | None = None
    """The day on which the other side said it by word of mouth; somebody else passed it on."""
    stated_by_mediator: OnlyIfTrue = False
    evidence_ids: list[UUID] = []
    """What lies before the case and shows that it is done."""
    affirmed: int
    """Of a group case: how many of those who speak for it say that it is done; it stands if nobody objects until
    `objections_until`."""
    objections_until: date | None
    objected: OnlyIfTrue = False
