"""自愿承诺: what a respondent offers of their own will where there is no mediation, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import Role, Slip


@dataclass(frozen=True)
class OfferPledge:
    """A respondent says what they will do, and by when."""

    case_id: UUID
    pledge_id: UUID
    what: str
    due_on: date


@dataclass(frozen=True)
class Entered:
    """That a pledge came on paper or by word of mouth: how, on which day, and who wrote it down."""

    slip: Slip
    received_on: date
    by: Role


@dataclass(frozen=True)
class EnterPledge:
    """What a respondent without an account pledged, written down for them."""

    case_id: UUID
    pledge_id: UUID
    what: str
    due_on: date
    slip: Slip
    received_on: date


@dataclass(frozen=True)
class AnswerPledge:
    """A complainant says whether they want it."""

    case_id: UUID
    pledge_id: UUID
    wanted: bool


@dataclass(frozen=True)
class ProvePledge:
    """Whoever pledged says that it is done, and how that can be seen; `evidence_ids`: what they brought to show it."""

    case_id: UUID
    pledge_id: UUID
    text: str
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ConfirmPledge:
    """A complainant says that it is done."""

    case_id: UUID
    pledge_id: UUID


@dataclass(frozen=True)
class DisputePledge:
    """A complainant says that it is not done."""

    case_id: UUID
    pledge_id: UUID
    reason: str
