"""What was promised changed, by consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state import Content, Sheet


@dataclass(frozen=True)
class AmendmentProposed:
    content: Content
    replaces: tuple[UUID, ...]
    proposed_on: date | None = None


@dataclass(frozen=True)
class AmendmentSigned:
    """`proven_at` and `sheet` as of an agreement's signature."""

    party: UUID
    content_hash: str
    at: datetime
    proven_at: datetime | None = None
    sheet: Sheet | None = None


@dataclass(frozen=True)
class AmendmentAgreed:
    """One of a group who is bound says yes to the change too; `proven_at` as of an agreement's signature."""

    member: UUID
    content_hash: str
    at: datetime
    proven_at: datetime | None = None


@dataclass(frozen=True)
class AmendmentMarked:
    mark: Literal["mediator", "committee"]
    member: UUID
    at: datetime


@dataclass(frozen=True)
class AmendmentEffective:
    effective_on: date
    judicial_until: date


@dataclass(frozen=True)
class AmendmentDeclined:
    party: UUID


@dataclass(frozen=True)
class DayGranted:
    commitment_id: UUID
    until: date


@dataclass(frozen=True)
class CommitmentWaived:
    """By one party; it is waived when all of its side have said so."""

    commitment_id: UUID
    party: UUID


@dataclass(frozen=True)
class CommitmentImpossible:
    commitment_id: UUID
    reason: str


@dataclass(frozen=True)
class PerformanceDeclined:
    commitment_id: UUID
