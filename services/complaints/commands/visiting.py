"""回访: whether what was done lasts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class FallVisitDue:
    """The day of a return visit has come."""

    case_id: UUID
    visit_id: UUID


@dataclass(frozen=True)
class RecountVisits:
    """The calendar of a year was entered: days counted over it before were provisional."""

    case_id: UUID


@dataclass(frozen=True)
class RecordReturnVisit:
    """Somebody went and looked (回访). Without an id it is the earliest visit that is due."""

    case_id: UUID
    lasting: bool
    note: str | None = None
    visit_id: UUID | None = None
