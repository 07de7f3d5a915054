"""评 and the other ends, and what the clocks ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import ClockName
from services.complaints.commands.evidence import StoredObject
from services.complaints.terms import Side, Slip, WithdrawReason


@dataclass(frozen=True)
class WithdrawCase:
    """The complainant stops (撤回); not the same as solved."""

    case_id: UUID
    note: str | None = None
    reason: WithdrawReason | None = None
    pressured: bool | None = None


@dataclass(frozen=True)
class ReopenCase:
    """Take a closed case up again (重启)."""

    case_id: UUID
    reason: str


@dataclass(frozen=True)
class AnswerSurvey:
    """Say how it went (满意度测评); with `share_comment` whoever handled it may read the words too."""

    case_id: UUID
    solved: bool
    score: int
    comment: str | None = None
    share_comment: bool = False


@dataclass(frozen=True)
class EnterSurvey:
    """What a party wrote on a paper slip, or said by telephone or at a door, entered by whoever asked them.

    `scan` is the slip itself.
    """

    case_id: UUID
    side: Side
    received_on: date
    entered_by: UUID
    solved: bool
    score: int
    comment: str | None = None
    party_id: UUID | None = None
    scan: Scan | None = None
    slip: Slip = "paper"


@dataclass(frozen=True)
class Scan:
    """A picture of a paper, which lies with what was brought to the case."""

    evidence_id: UUID
    content: StoredObject


@dataclass(frozen=True)
class EndClock:
    """A clock's last day passed."""

    case_id: UUID
    clock: ClockName
    of: UUID | None = None
