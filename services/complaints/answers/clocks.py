"""The days that are named for a case, and how they were counted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.answers.receipts import OnlyIfTrue
from services.complaints.clocks import ClockName, ClockState, PauseReason
from services.complaints.terms import EscalationStep


class PauseView(BaseModel):
    """Days a clock stood still, and the arithmetic: `counted_before` + `days` → `counted_until`, then `until`.

    While it lasts `until_day` is null, and the days are those until today.
    """

    reason: PauseReason
    since: date
    until_day: date | None
    days: int
    counted_before: date
    counted_until: date
    until: date
    text: str


class ClockView(BaseModel):
    """A day that was named. `counted_until` is the last day before it was moved off a holiday."""

    name: ClockName
    until: date
    state: ClockState
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known."""
    since: date
    counted_until: date
    warned: bool
    late_days: int
    escalation_step: EscalationStep | None
    referral_id: UUID | None
    pauses: list[PauseView]


class ExtensionView(BaseModel):
    """A longer month that is proposed: how many of how many agreed, and whether the reader's word is waited for.

    The reason is shown where staff wrote it, or to the side that did: it might betray a hidden name.
    """

    until: date
    agreed: int
    needed: int
    awaited: bool
    reason: str | None
