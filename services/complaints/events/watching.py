"""What was told of a day before and after it, and first contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import ClockName
from services.complaints.terms import ChaseReason, EscalationStep


@dataclass(frozen=True)
class ContactMade:
    on: date


@dataclass(frozen=True)
class ClockWarned:
    clock: ClockName
    until: date
    of: UUID | None = None


@dataclass(frozen=True)
class CaseEscalated:
    clock: ClockName
    step: EscalationStep


@dataclass(frozen=True)
class ReferralChased:
    on: date
    referral_id: UUID
    reason: ChaseReason
    times: int
