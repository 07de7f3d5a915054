"""The agreement: drafted, signed, marked, confirmed in court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state import ByMouth, Content, Sheet


@dataclass(frozen=True)
class AgreementDrafted:
    content: Content
    group: tuple[UUID, ...] = ()
    answer_until: date | None = None
    drafted_on: date | None = None


@dataclass(frozen=True)
class AgreementSigned:
    """`proven_at` is when they gave the one-time code mailed to them for just these words; old journals name none.

    Whoever has no account signed by hand, on a `sheet`.
    """

    party: UUID
    content_hash: str
    at: datetime
    proven_at: datetime | None = None
    sheet: Sheet | None = None


@dataclass(frozen=True)
class AgreementMarked:
    mark: Literal["mediator", "committee"]
    member: UUID
    at: datetime


@dataclass(frozen=True)
class AgreementEffective:
    effective_on: date
    judicial_until: date


@dataclass(frozen=True)
class CourtAsked:
    """An old journal names no agreement: then it was the first one."""

    party: UUID
    agreement_id: UUID | None = None
    by_mouth: ByMouth | None = None
