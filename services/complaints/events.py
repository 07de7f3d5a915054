"""What happened to a case, as its journal keeps it: private, and the only place that holds people's words.

Who stands behind a party is not told here; publish.py says what leaves the service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.complaints.clocks import Clock, ClockName
from services.complaints.commands import Place
from services.complaints.terms import (
    AnswerKind,
    Audience,
    Channel,
    DeclineReason,
    Identity,
    Outcome,
    Path,
    ReferralResult,
    Role,
    Service,
)


@dataclass(frozen=True)
class CaseFiled:
    case_id: UUID
    reference: str
    category: str
    subcategory: str
    emergency: bool
    place: Place | None
    place_text: str | None
    description: str
    occurred_at: datetime | None
    happening_now: bool
    identity: Identity
    channel: Channel
    complainants: tuple[UUID, ...]
    respondents: tuple[UUID, ...]
    filed_at: datetime
    triage: Clock


@dataclass(frozen=True)
class CaseAccepted:
    on: date
    shared_summary: str
    respondents: tuple[UUID, ...]
    mediation: Clock


@dataclass(frozen=True)
class CaseDeclined:
    on: date
    reason: DeclineReason
    next_address: str
    note: str | None


@dataclass(frozen=True)
class CaseJoined:
    on: date
    lead_case_id: UUID


@dataclass(frozen=True)
class NoticeDelivered:
    counts_at: datetime


@dataclass(frozen=True)
class NoticeServed:
    how: Service
    answer: Clock


@dataclass(frozen=True)
class CaseAnswered:
    on: date
    kind: AnswerKind | Literal["silent"]
    text: str | None = None


@dataclass(frozen=True)
class MessageSent:
    message_id: UUID
    sender: Role
    to: Audience
    text: str
    held: bool


@dataclass(frozen=True)
class MessageReleased:
    message_id: UUID
    sender: Role
    to: Audience


@dataclass(frozen=True)
class OccurrenceLogged:
    note: str | None


@dataclass(frozen=True)
class CaseRouted:
    path: Path


@dataclass(frozen=True)
class CaseReferred:
    on: date
    authority: str
    note: str
    referral: Clock


@dataclass(frozen=True)
class CaseReturned:
    on: date
    authority: str
    result: ReferralResult
    note: str
    mediation: Clock | None


@dataclass(frozen=True)
class CaseWithdrawn:
    note: str | None


@dataclass(frozen=True)
class IdentityRevealed:
    coordinator_id: UUID
    reason: str


@dataclass(frozen=True)
class MediationNoted:
    mediation_id: UUID
    step: str
    mediator_id: UUID | None


@dataclass(frozen=True)
class AgreementDrafted:
    mediation_id: UUID


@dataclass(frozen=True)
class AgreementTookEffect:
    mediation_id: UUID
    commitments: Clock


@dataclass(frozen=True)
class SupervisionBegan:
    mediation_id: UUID


@dataclass(frozen=True)
class CommitmentsPerformed:
    on: date
    mediation_id: UUID


@dataclass(frozen=True)
class MediationEnded:
    on: date
    how: Literal["mediation_refused", "mediation_failed"]


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


@dataclass(frozen=True)
class CaseClosed:
    on: date
    outcome: Outcome
    reopen: Clock


@dataclass(frozen=True)
class CaseReopened:
    on: date
    reason: str
    clock: Clock


@dataclass(frozen=True)
class ClockMissed:
    clock: ClockName


Event = (
    CaseFiled
    | CaseAccepted
    | CaseDeclined
    | CaseJoined
    | NoticeDelivered
    | NoticeServed
    | CaseAnswered
    | MessageSent
    | MessageReleased
    | OccurrenceLogged
    | CaseRouted
    | CaseReferred
    | CaseReturned
    | CaseWithdrawn
    | IdentityRevealed
    | MediationNoted
    | AgreementDrafted
    | AgreementTookEffect
    | SupervisionBegan
    | CommitmentsPerformed
    | MediationEnded
    | SurveyRequested
    | SurveyAnswered
    | CaseClosed
    | CaseReopened
    | ClockMissed
)
