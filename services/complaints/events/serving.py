"""What happened on the way to a respondent who is not on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import Attempt, Slip


@dataclass(frozen=True)
class ServiceAttempted:
    on: date
    outcome: Attempt
    note: str | None


@dataclass(frozen=True)
class AnswerEntered:
    """The answer that follows came this way, on that day; `evidence_ids`: the picture of the paper."""

    slip: Slip
    received_on: date
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class RespondentClaimed:
    respondent: UUID


@dataclass(frozen=True)
class MediationDeclined:
    on: date
