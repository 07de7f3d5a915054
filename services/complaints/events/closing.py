"""评 and the other ends, and the days that passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock, ClockName
from services.complaints.commands import Scan
from services.complaints.terms import (
    Outcome,
    Slip,
    WithdrawReason,
)


@dataclass(frozen=True)
class CaseWithdrawn:
    note: str | None
    reason: WithdrawReason | None = None
    pressured: bool | None = None


@dataclass(frozen=True)
class SurveyRequested:
    survey_id: UUID
    party_id: UUID
    survey: Clock


@dataclass(frozen=True)
class SurveyAnswered:
    on: date
    survey_id: UUID
    party_id: UUID
    solved: bool
    score: int
    comment: str | None
    aloud: bool = False
    """Asked and answered by word of mouth."""
    received_on: date | None = None
    """The day on which it came on a paper slip, or was said; entered afterwards by whoever asked."""
    scan: Scan | None = None
    comment_shared: bool = False
    """Whether whoever handles the case may read the comment too."""
    slip: Slip = "paper"
    """How it came on that day."""
    told_who_reads: bool = False
    """Whether they were told that whoever handles the case reads it: not so before the page and the slip said it."""


@dataclass(frozen=True)
class CaseClosed:
    on: date
    outcome: Outcome
    reopen: Clock
    erase_on: date | None = None
    """The day on which sealed evidence goes; cases closed before there was any have none."""
    lead_case_id: UUID | None = None
    """The lead case whose end this is."""


@dataclass(frozen=True)
class CaseReopened:
    on: date
    reason: str
    clock: Clock


@dataclass(frozen=True)
class ClockMissed:
    clock: ClockName
    of: UUID | None = None
