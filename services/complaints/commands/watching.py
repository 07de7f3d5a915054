"""What the clocks ask before and after a day, and of the authorities."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.clocks import ClockName


@dataclass(frozen=True)
class WarnOfClock:
    """A last day comes near."""

    case_id: UUID
    clock: ClockName
    of: UUID | None = None


@dataclass(frozen=True)
class EscalateClock:
    """A day has passed and still nothing happened (逐级提请)."""

    case_id: UUID
    clock: ClockName
    of: UUID | None = None


@dataclass(frozen=True)
class ChaseReferral:
    """An authority has not confirmed, or not answered (催办)."""

    case_id: UUID
    referral_id: UUID
