"""A mediation as a whole, a line of a list, and the answer to a write."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import Language, Leaving, Relation, Side
from services.mediation.views.models.agreements import AgreementView, AmendmentView, OralView, WarningView
from services.mediation.views.models.fields import OnlyIfTrue, SpanView
from services.mediation.views.models.handovers import SentView
from services.mediation.views.models.paper import SheetView
from services.mediation.views.models.sessions import (
    AbsenceView,
    DefaultPathView,
    DialogueView,
    GuestView,
    JointView,
    OpennessView,
    SessionView,
    SlotView,
    VoidSessionView,
)
from services.mediation.views.waiting import Wait


class PartyView(BaseModel):
    side: Side
    label: str
    member_id: UUID | None
    consented: bool | None
    separate: bool | None
    available: list[SpanView] | None
    languages: list[Language] | None
    open: bool | None
    """Whether they wish others to be allowed to listen."""
    no_account: OnlyIfTrue = False
    """For those who may enter their word."""
    sheet: SheetView | None = None
    """On which they said yes."""


class ClockView(BaseModel):
    name: str
    until: date
    provisional: OnlyIfTrue = False
    """Counted in a year whose holidays nobody has entered yet."""


class AskedView(BaseModel):
    """A mediator who was asked, for the committee: what they declared, how they left, through whom."""

    mediator_id: UUID
    declared: Relation | None
    left: Leaving | None
    by: UUID | None
    note: str


class MediationView(BaseModel):
    id: UUID
    case_id: UUID
    reference: str
    status: str
    outcome: str | None
    reason: str | None
    refused_by: UUID | None
    refused_sheet: SheetView | None = None
    parties: list[PartyView]
    mediator_id: UUID | None
    proposed_id: UUID | None
    accepted_by: list[str]
    """The labels of the parties who accept the mediator asked or leading."""
    mediators_asked: list[AskedView]
    void_sessions: list[VoidSessionView]
    guests: list[GuestView] = []
    slots: list[SlotView]
    session: SessionView | None
    absences: list[AbsenceView]
    default_path: DefaultPathView | None
    minutes: list[str]
    dialogue: DialogueView | None
    oral: OralView | None
    joint: JointView | None
    openness: OpennessView | None
    agreement: AgreementView | None
    amendment: AmendmentView | None
    """Offered, and to be signed."""
    amendments: list[AmendmentView]
    handover: SentView | None
    rights: list[str]
    other_routes: list[str]
    clock: ClockView | None
    due: date | None
    next: str
    possible: list[str]


class Receipt(BaseModel):
    """The answer to every write: where it stands, until when, and what comes next."""

    id: UUID
    case_id: UUID
    reference: str
    status: str
    clock: ClockView | None
    due: date | None
    next: str
    possible: list[str]
    agreement_id: UUID | None
    content_hash: str | None
    warnings: list[WarningView]
    proof: str
    """Where the history stands with this act; `shangju verify --receipt` holds it against what was sealed."""


class ListedView(BaseModel):
    id: UUID
    case_id: UUID
    reference: str
    status: str
    roles: list[str]
    due: date | None
    possible: list[str]
    waits: list[Wait] = []
    """What the reader is asked for; empty where it is for others to go on."""
