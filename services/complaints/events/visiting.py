"""回访: whether what was done lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock


@dataclass(frozen=True)
class PlannedVisit:
    """A part of what the performance brings; no step of its own."""

    visit_id: UUID
    due: date


@dataclass(frozen=True)
class ReturnVisitDue:
    visit_id: UUID


@dataclass(frozen=True)
class ReturnVisited:
    on: date
    visit_id: UUID
    lasting: bool
    note: str | None
    reopen: Clock | None
