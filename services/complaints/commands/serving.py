"""Reaching a respondent who is not on the platform: visits, paper, and what came back on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import AnswerKind, Attempt, Slip


@dataclass(frozen=True)
class RecordAttempt:
    """A visit with the paper notice; only a signed receipt slip serves it (送达)."""

    case_id: UUID
    outcome: Attempt
    on: date
    note: str | None = None


@dataclass(frozen=True)
class RefuseMediation:
    """The respondent does not want to be mediated, and need not say why (People's Mediation Law art. 17)."""

    case_id: UUID


@dataclass(frozen=True)
class EnterAnswer:
    """What the respondent answered on paper, by telephone or at the door, written in by the coordinator.

    `evidence_ids`: the picture of the paper, which the coordinator laid before the case.
    """

    case_id: UUID
    kind: AnswerKind | None
    """None: they refuse mediation."""
    text: str
    slip: Slip
    received_on: date
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ClaimCase:
    """Somebody holds the code of the paper notice: they are the one it was for."""

    case_id: UUID
    respondent: UUID
