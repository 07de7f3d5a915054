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
    counted: date | None = None
    """The day before it was moved to one on which somebody works."""
    provisional: bool = False
    """Whether that rests on a year nobody has entered."""


@dataclass(frozen=True)
class VisitsRecounted:
    """Their year was entered: from here their days are known."""

    visits: tuple[PlannedVisit, ...]
    last_visit: Clock | None


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
