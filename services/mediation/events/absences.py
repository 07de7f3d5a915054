"""Not coming, and what followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.mediation.state import DefaultChoice, Side


@dataclass(frozen=True)
class AbsenceRecorded:
    side: Side
    on: date | None = None
    waited_minutes: int | None = None


@dataclass(frozen=True)
class AbsenceExplained:
    side: Side
    text: str


@dataclass(frozen=True)
class AbsenceExcused:
    side: Side
    seen_on: date


@dataclass(frozen=True)
class DefaultPathOpened:
    absent: Side
    choose_until: date


@dataclass(frozen=True)
class DefaultChosen:
    party: UUID
    choice: DefaultChoice
    takes_effect_at: datetime | None = None
