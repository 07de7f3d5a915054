"""What happened in a mediation, as its journal keeps it. Private: publish.py says what may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state import Content, Matter, Session, Side, Slot, SlotAnswer, Span


@dataclass(frozen=True)
class MediationOpened:
    matter: Matter


@dataclass(frozen=True)
class PartyConsented:
    party: UUID
    separate: bool
    available: tuple[Span, ...]


@dataclass(frozen=True)
class ConsentCompleted:
    pass


@dataclass(frozen=True)
class MediationRefused:
    party: UUID


@dataclass(frozen=True)
class MediatorProposed:
    mediator: UUID


@dataclass(frozen=True)
class MediatorTook:
    mediator: UUID


@dataclass(frozen=True)
class MediatorPassed:
    mediator: UUID


@dataclass(frozen=True)
class AvailabilityStated:
    party: UUID
    available: tuple[Span, ...]


@dataclass(frozen=True)
class SlotsProposed:
    slots: tuple[Slot, ...]
    answer_until: date


@dataclass(frozen=True)
class SlotsAnswered:
    answers: tuple[SlotAnswer, ...]


@dataclass(frozen=True)
class SessionScheduled:
    session: Session


@dataclass(frozen=True)
class SessionMoved:
    session: Session
    reason: str


@dataclass(frozen=True)
class SessionCancelled:
    """`mediator` has it in their calendar too, and may have left by then."""

    session: Session
    mediator: UUID


@dataclass(frozen=True)
class AbsenceRecorded:
    side: Side


@dataclass(frozen=True)
class SessionHeld:
    session_id: UUID


@dataclass(frozen=True)
class MinutesWritten:
    text: str


@dataclass(frozen=True)
class CaucusNoteWritten:
    """That there is a note, and never what it says: its words lie outside the journal."""

    note_id: UUID


@dataclass(frozen=True)
class AgreementDrafted:
    content: Content


@dataclass(frozen=True)
class AgreementSigned:
    party: UUID
    content_hash: str
    at: datetime


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
    party: UUID


@dataclass(frozen=True)
class CommitmentProven:
    commitment_id: UUID
    text: str
    confirm_until: date


@dataclass(frozen=True)
class CommitmentConfirmed:
    commitment_id: UUID


@dataclass(frozen=True)
class CommitmentDisputed:
    commitment_id: UUID
    reason: str


@dataclass(frozen=True)
class CommitmentFellDue:
    commitment_id: UUID
    proven: bool


@dataclass(frozen=True)
class CommitmentsPerformed:
    pass


@dataclass(frozen=True)
class MediationFailed:
    reason: str


@dataclass(frozen=True)
class MediationWithdrawn:
    pass


Event = (
    MediationOpened
    | PartyConsented
    | ConsentCompleted
    | MediationRefused
    | MediatorProposed
    | MediatorTook
    | MediatorPassed
    | AvailabilityStated
    | SlotsProposed
    | SlotsAnswered
    | SessionScheduled
    | SessionMoved
    | SessionCancelled
    | AbsenceRecorded
    | SessionHeld
    | MinutesWritten
    | CaucusNoteWritten
    | AgreementDrafted
    | AgreementSigned
    | AgreementMarked
    | AgreementEffective
    | CourtAsked
    | CommitmentProven
    | CommitmentConfirmed
    | CommitmentDisputed
    | CommitmentFellDue
    | CommitmentsPerformed
    | MediationFailed
    | MediationWithdrawn
)
