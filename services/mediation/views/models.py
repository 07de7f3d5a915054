"""The answers in form: one model for everybody; policy.py says which of its fields stay empty for whom."""

from __future__ import annotations

from datetime import date, datetime
from operator import not_
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.mediation.decisions.profile import Topic
from services.mediation.forms import AvailabilityForm, ExceptionForm, HoursForm
from services.mediation.state import (
    Answer,
    CommitmentStatus,
    Form,
    GuestRole,
    Language,
    Leaving,
    Relation,
    Side,
)
from services.mediation.views.waiting import Wait

OnlyIfTrue = Annotated[bool, Field(exclude_if=not_)]
"""A mark that most do not bear; where it is absent, it is not so."""


class FeedView(BaseModel):
    """Where a calendar program finds the mediator's sessions; whoever has the address reads them."""

    url: str


class SpanView(BaseModel):
    starts_at: datetime
    ends_at: datetime


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


class SlotAnswerView(BaseModel):
    side: Side
    label: str
    answer: Answer


class PartView(BaseModel):
    side: Side
    starts_at: datetime
    ends_at: datetime


class GuestAnswerView(BaseModel):
    guest_id: UUID
    answer: Answer


class InRoom(BaseModel):
    """Somewhere: the room by its mark, and as the committee named it."""

    room: str
    room_name: str | None = None


class SlotView(InRoom):
    """A time on offer; where the talks are apart a party has their own part for it, and no `parts`."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    parts: list[PartView]
    answers: list[SlotAnswerView]
    guests: list[GuestAnswerView] = []


class SessionView(InRoom):
    """The time fixed; where the talks are apart a party has their own part for it, and no `parts`."""

    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    status: str
    separate: bool
    parts: list[PartView]
    absent: list[Side]


class AbsenceView(BaseModel):
    """That a side did not come; why, for the mediator, the committee and that side alone."""

    side: Side
    on: date
    waited_minutes: int | None
    explanation: str | None
    excused: bool


class DefaultPathView(BaseModel):
    """What those who came may choose, until when, and what they chose. `excused`: the reason was seen since."""

    choose_until: date
    choices: list[str]
    choice: str | None
    takes_effect_at: datetime | None
    excused: bool


class SignatureView(BaseModel):
    """Whose, and on which day: the hour would say more than it needs to.

    `by_code`: a party gave the one-time code that was mailed to them for just these words. Marks are made in office.
    """

    by: str
    side: Side | None
    label: str | None
    on: date
    by_code: bool = False


class StepView(BaseModel):
    """Which of how many steps of one promise it is, and how many of them are performed: all, and the promise is."""

    number: int
    of: int
    performed: int


class CommitmentView(BaseModel):
    id: UUID
    owner_id: UUID | None
    owner_side: Side
    what: str
    measure: str
    due_on: date
    step: StepView | None
    """Where it is done several times, each on a day of its own."""
    status: CommitmentStatus
    overdue: bool
    reminded: bool
    proof: str | None
    confirm_until: date | None
    dispute: str | None
    late_days: int
    granted_until: date | None
    impossible: str | None
    waived_by: list[Side]
    replaced_by: UUID | None
    told_on: date | None = None
    """The day on which the other side said it by word of mouth; somebody else passed it on."""
    stated_by_mediator: OnlyIfTrue = False
    evidence_ids: list[UUID] = []
    """What lies before the case and shows that it is done."""
    affirmed: int
    """Of a group case: how many of those who speak for it say that it is done; it stands if nobody objects until
    `objections_until`."""
    objections_until: date | None
    objected: OnlyIfTrue = False


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


class HandoverPreview(BaseModel):
    """What the court station would be handed, what it cannot do, and what is left out."""

    contents: list[str]
    pages: int
    sha256: str
    limits: str
    left_out: str


class HandoverView(BaseModel):
    """A pack that was sent."""

    id: UUID
    mediation_id: UUID
    case_id: UUID
    reference: str
    sent_at: datetime
    pages: int
    sha256: str


class SentView(BaseModel):
    """The same, as both sides of the mediation see it."""

    id: UUID
    sent_on: date
    contents: list[str]
    pages: int
    sha256: str


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


class VoidSessionView(BaseModel):
    """A session that counts for nothing; its minutes are sealed for the committee."""

    session_id: UUID
    starts_at: datetime
    stopped_at: datetime
    status: Literal["void"] = "void"
    minutes: list[str]


class GuestView(BaseModel):
    """Somebody invited beside the sides. Who else has agreed is not told before all have."""

    guest_id: UUID
    role: GuestRole
    name: str
    required: bool
    agreed: bool
    """Every party did, and they were asked."""
    own: bool | None
    """Whether the reader agreed; None for who is no party."""
    comes: bool | None
    invited_by_you: OnlyIfTrue = False
    no_ties: OnlyIfTrue = False
    """A second mediator who declared that they are nothing to the parties."""


class InvitedSlotView(InRoom):
    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    answer: Answer | None


class InvitedSessionView(InRoom):
    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime


class InvitationView(BaseModel):
    """All that a guest sees: which matter, whose by their labels, when and where."""

    id: UUID
    reference: str
    role: GuestRole
    required: bool
    comes: bool | None
    sides: list[str]
    slots: list[InvitedSlotView]
    session: InvitedSessionView | None
    open: bool
    """Whether others may listen; until the session begins a party may say otherwise."""
    next: str
    possible: list[str]


class BesideView(BaseModel):
    """Another mediation between the same people."""

    mediation_id: UUID
    case_id: UUID
    reference: str


class JointView(BaseModel):
    """Whether it is held in one session with another: what the reader said, and whether all have said yes."""

    beside: list[BesideView]
    agreed: bool | None
    complete: bool
    with_mediation_id: UUID | None


class OpennessView(BaseModel):
    """Whether others may listen to the session, may do so at all, and what the reader wishes."""

    open: bool
    may_be_open: bool
    yours: bool | None


class SpokenView(BaseModel):
    side: Side
    minutes: int


class RestatementView(BaseModel):
    """What a side said that the other needs, and whether the other called it right."""

    side: Side
    text: str
    right: bool | None


class FindingView(BaseModel):
    """A point that was, or could not be, established."""

    point: str
    established: bool


class DialogueView(BaseModel):
    """How the sides spoke with each other in the session."""

    spoken: list[SpokenView]
    restated: list[RestatementView]
    findings: list[FindingView]


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


class MediationView(BaseModel):
    id: UUID
    case_id: UUID
    reference: str
    status: str
    outcome: str | None
    reason: str | None
    refused_by: UUID | None
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


class DayView(BaseModel):
    """A day of one of the reader's mediations: a session they come to, or the due day of a promise."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    what: Literal["session", "commitment"]
    on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str | None = None
    room_name: str | None = None
    separate: bool = False
    promise: str | None = None
    owner_side: Side | None = None


class OpenSessionView(BaseModel):
    """A session to which everybody may come and listen: when, in which room by its name, about what kind of matter."""

    starts_at: datetime
    ends_at: datetime
    room: str
    category: str


class NoteView(BaseModel):
    """A sealed note, for its author alone."""

    id: UUID
    side: Side
    text: str
    written_at: datetime


class RoomView(BaseModel):
    """A room as it was named."""

    id: UUID
    code: str
    name: str
    weekly: list[HoursForm]
    exceptions: list[ExceptionForm]


class AffectedSessionView(BaseModel):
    """A session that is fixed in a room which is closed for it: it stands until whoever leads it moves it."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    starts_at: datetime
    ends_at: datetime


class KeptRoomView(RoomView):
    """A room as it was named just now; whoever leads the sessions `affected` is told."""

    affected: list[AffectedSessionView]


class EntryView(BaseModel):
    """That a mediator was taken off a matter; for coordinators alone."""

    mediation_id: UUID
    reference: str
    kind: str
    note: str
    entered_at: datetime


class MediatorView(BaseModel):
    """A mediator: hours for themselves and coordinators, conflicts and entries for coordinators alone.

    Who is `full` leads as many mediations as they or the alliance said. Never a home.
    """

    id: UUID
    languages: list[Language] = []
    topics: list[Topic] = []
    full: OnlyIfTrue = False
    availability: AvailabilityForm | None
    conflicts: list[str] | None
    entries: list[EntryView] | None = None
