"""Not coming: said why, excused, and what the side that came chooses when it happened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import DefaultChoice, Side


@dataclass(frozen=True)
class RecordAbsence:
    """A side did not come."""

    mediation_id: UUID
    side: Side
    waited_minutes: int | None = None


@dataclass(frozen=True)
class ExplainAbsence:
    """Why; for the mediator and the committee alone."""

    mediation_id: UUID
    side: Side
    text: str


@dataclass(frozen=True)
class ExcuseAbsence:
    """Somebody saw on that day what excuses it; no paper is kept, and no reason."""

    mediation_id: UUID
    side: Side
    seen_on: date


@dataclass(frozen=True)
class ChooseDefault:
    """The side that came says how it goes on."""

    mediation_id: UUID
    party: UUID
    choice: DefaultChoice


@dataclass(frozen=True)
class CarryOutDefault:
    """The time to think the choice over may have passed."""

    mediation_id: UUID
