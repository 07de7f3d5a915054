"""What was agreed on the spot, by word of mouth, and is entered afterwards by the building captain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.complaints.commands.hearing import FileCase
from services.complaints.terms import Side


@dataclass(frozen=True)
class OralPromise:
    """Who said they would do what, and by when."""

    commitment_id: UUID
    owner_side: Side
    what: str
    due_on: date


@dataclass(frozen=True)
class OralAgreement:
    """When it was told, talked over and agreed, as it is stated now, and in whose presence."""

    mediation_id: UUID
    agreement_id: UUID
    mediator_id: UUID
    captain_id: UUID
    told_at: datetime
    talked_at: datetime
    agreed_at: datetime
    promises: tuple[OralPromise, ...]


@dataclass(frozen=True)
class EnterOralAgreement:
    """Enter at once a complaint, its answer and what was agreed on it: all of it is over already."""

    filing: FileCase
    agreement: OralAgreement

    @property
    def case_id(self) -> UUID:
        return self.filing.case_id


@dataclass(frozen=True)
class HandReceipt:
    """The paper receipt was handed to whom it was entered for."""

    case_id: UUID
    on: date


@dataclass(frozen=True)
class AnswerSurveyAloud:
    """Somebody who reads no letters was asked aloud how it went; never by the captain who entered it."""

    case_id: UUID
    asked_by: UUID
    solved: bool
    score: int
    comment: str | None = None
    share_comment: bool = False
