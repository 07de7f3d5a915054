"""What was agreed in writing or on the spot, who signed it, and what the court was asked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import Form, Hand, Side
from services.mediation.views.models.commitments import CommitmentView
from services.mediation.views.models.fields import OnlyIfTrue
from services.mediation.views.models.paper import SheetView


class SignatureView(BaseModel):
    """Whose, and on which day: the hour would say more than it needs to.

    `by_code`: a party gave the one-time code that was mailed to them for just these words; `by_hand`, that they
    have no account and signed a sheet before a witness. Marks are made in office.
    """

    by: str
    side: Side | None
    label: str | None
    on: date
    by_code: bool = False
    by_hand: Hand | None = None
    sheet: SheetView | None = None


class CourtView(BaseModel):
    """The joint request for judicial confirmation."""

    until: date
    provisional: OnlyIfTrue = False
    """Moved off a holiday in a year whose holidays nobody has entered yet."""
    asked: list[Side]
    complete: bool
    lapsed: OnlyIfTrue = False
    """The day passed before all had asked; nobody is to blame."""
    result: CourtResultView | None = None
    told_on: date | None = None
    """The day on which the one who cannot write asked for it by word of mouth."""


class CourtResultView(BaseModel):
    """What the court said."""

    confirmed: bool
    decided_on: date
    document_no: str


class WarningView(BaseModel):
    """What an agreement leaves open (art. 29), as a code and in words."""

    code: str
    text: str


class OptInView(BaseModel):
    """Of a group's draft: until when its members may answer, what the reader said, and about how many agree."""

    until: date
    yours: bool | None
    agreed: int | None


class AgreementView(BaseModel):
    id: UUID
    form: Form
    facts: str
    terms: str
    content_hash: str
    warnings: list[WarningView]
    commitments: list[CommitmentView]
    signatures: list[SignatureView]
    effective_on: date | None
    court: CourtView | None
    opt_in: OptInView | None


class AmendmentView(BaseModel):
    """New promises in the place of `replaces`; in effect once `effective_on` is set."""

    id: UUID
    terms: str
    content_hash: str
    replaces: list[UUID]
    commitments: list[CommitmentView]
    signatures: list[SignatureView]
    effective_on: date | None
    court: CourtView | None
    group_awaited: bool = False
    """Whether somebody of a group who is bound has not said yes to it."""
    agreed_by_you: bool = False
    """Whether the reader is one of those and said yes."""


class WordingDisputeView(BaseModel):
    """That a side does not agree with the words; why, for the parties, the mediator and the committee."""

    side: Side
    reason: str | None


class OralView(BaseModel):
    """What was agreed on the spot. Before it is `recorded` it is not in force; then it is from `agreed_on`."""

    agreement_id: UUID
    agreed_on: date
    recorded: bool
    dispute_until: date
    accepted: list[Side]
    dispute: WordingDisputeView | None
    judicial_until: date
    judicial_note: str
