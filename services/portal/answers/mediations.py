"""A mediation as its service shows it: times, people, agreements, commitments."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from pydantic import Field

from services.portal.answers.cases import Party
from services.portal.answers.common import Answer, Clock, WeeklyHours


class SlotAnswer(Answer):
    """What a party said to a slot."""

    side: str
    label: str
    answer: str


class InRoom(Answer):
    """Somewhere: the room by its mark, and as people know it."""

    room: str
    room_name: str | None = None

    @property
    def where(self) -> str:
        """The room's name, its mark where it has none."""
        return self.room_name or self.room


class Slot(InRoom):
    """A time and room offered."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    answer: str | None = None
    """What this person said to it."""
    answers: tuple[SlotAnswer, ...] = ()

    def of(self, party: Party) -> Slot:
        """The same with what this party said to it."""
        mine = (one.answer for one in self.answers if (one.side, one.label) == (party.side, party.label))
        return self.model_copy(update={"answer": next(mine, None)})


class Guest(Answer):
    """Somebody invited to the session beside the sides."""

    guest_id: UUID
    role: str
    name: str = ""
    required: bool = False
    agreed: bool = False
    own: bool | None = None
    comes: bool | None = None
    invited_by_you: bool = False
    no_ties: bool = False


class Meeting(InRoom):
    """The session fixed."""

    starts_at: datetime
    ends_at: datetime
    status: str


class InvitedMeeting(InRoom):
    """The session fixed, as a guest is told of it."""

    starts_at: datetime
    ends_at: datetime


class Invitation(Answer):
    """A session somebody is asked to who is no party; they see this much of it."""

    id: UUID
    reference: str
    role: str
    required: bool = False
    comes: bool | None = None
    sides: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: InvitedMeeting | None = None
    open: bool = False
    next: str
    possible: tuple[str, ...] = ()


class Absence(Answer):
    """That a side did not come to a session."""

    side: str
    on: date
    excused: bool = False
    explanation: str | None = None


class PromiseStep(Answer):
    """Which of how many steps of one promise it is, and how many of them are performed."""

    number: int
    of: int
    performed: int = 0


class Commitment(Answer):
    """A promise in an agreement, or one step of it."""

    id: UUID
    owner_side: str
    what: str
    measure: str
    due_on: date
    step: PromiseStep | None = None
    status: str
    overdue: bool = False
    proof: str | None = None
    evidence_ids: tuple[UUID, ...] = ()
    dispute: str | None = None
    late_days: int = 0
    granted_until: date | None = None
    told_on: date | None = None
    stated_by_mediator: bool = False
    impossible: str | None = None
    objections_until: date | None = None
    objected: bool = False


class Signature(Answer):
    """Who signed or marked, on which day, and whether by the one-time code for just these words."""

    by: str
    label: str | None = None
    on: date
    by_code: bool = False


class Warning(Answer):
    """What an agreement leaves open, in words."""

    text: str


class Court(Answer):
    """Until when both sides may ask the court to confirm the agreement, and whether all have."""

    until: date
    complete: bool = False
    told_on: date | None = None


class OptIn(Answer):
    """Of a group's draft: until when its members answer, what this one said, and about how many agree."""

    until: date
    yours: bool | None = None
    agreed: int | None = None


class Agreement(Answer):
    """An agreement as drafted or in effect."""

    id: UUID
    form: str
    facts: str
    terms: str
    content_hash: str
    warnings: tuple[Warning, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None
    court: Court | None = None
    opt_in: OptIn | None = None


class WordingDispute(Answer):
    """That a side does not agree with the words recorded."""

    side: str
    reason: str | None = None


class Oral(Answer):
    """An oral agreement: until when its words may be disputed, and whether the mediator has recorded it."""

    agreement_id: UUID
    agreed_on: date
    recorded: bool
    dispute_until: date
    dispute: WordingDispute | None = None
    judicial_until: date
    judicial_note: str


class Amendment(Answer):
    """New promises in the place of old ones, offered or in effect."""

    id: UUID
    terms: str
    content_hash: str
    replaces: tuple[UUID, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    effective_on: date | None = None
    group_awaited: bool = False
    agreed_by_you: bool = False


class Pack(Answer):
    """What the court station would be handed, or was."""

    contents: tuple[str, ...]
    pages: int
    sha256: str
    limits: str | None = None
    left_out: str | None = None
    id: UUID | None = None
    sent_on: date | None = None


class Exceptional(Answer):
    """A day that differs from the week."""

    day: date
    available: bool
    from_: time = Field(alias="from", default=time.min)
    to: time = time.max


class Availability(Answer):
    """When a mediator can be had."""

    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


class Mediator(Answer):
    """A mediator in the alliance's list; hours for themselves and the committee."""

    id: UUID
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    availability: Availability | None = None


class Course(Answer):
    """A course finished."""

    code: str
    on: date


class Profile(Answer):
    """What a mediator says of themselves."""

    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    training: tuple[Course, ...] = ()
    limit: int | None = None
    members: tuple[UUID, ...] = ()
    places: tuple[UUID, ...] = ()


class Room(Answer):
    """A room for sessions, and when it is open."""

    code: str
    name: str
    weekly: tuple[WeeklyHours, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


class AffectedSession(Answer):
    """A session that is fixed in a room which would be closed for it."""

    mediation_id: UUID
    case_id: UUID
    reference: str
    starts_at: datetime
    ends_at: datetime


class SentPack(Answer):
    """A pack in the court station's list."""

    id: UUID
    case_id: UUID


class MediationLine(Answer):
    """A mediation in a list."""

    id: UUID
    case_id: UUID
    reference: str
    status: str
    roles: tuple[str, ...] = ()
    due: date | None = None
    waits: tuple[str, ...] = ()


class AskedMediator(Answer):
    """A mediator who was asked, as the committee sees it."""

    mediator_id: UUID
    declared: str | None = None
    left: str | None = None
    note: str = ""


class CaucusNote(Answer):
    """What one side said in confidence, for the mediator who noted it."""

    side: str
    text: str
    written_at: datetime


class VoidSession(Answer):
    """A session that counts for nothing."""

    starts_at: datetime
    stopped_at: datetime
    minutes: tuple[str, ...] = ()


class Spoken(Answer):
    """How long a side had the word."""

    side: str
    minutes: int


class Restatement(Answer):
    """What a side said that the other needs."""

    side: str
    text: str
    right: bool | None = None


class Finding(Answer):
    """A point that was, or could not be, established."""

    point: str
    established: bool


class Dialogue(Answer):
    """How the sides spoke with each other."""

    spoken: tuple[Spoken, ...] = ()
    restated: tuple[Restatement, ...] = ()
    findings: tuple[Finding, ...] = ()


class Beside(Answer):
    """Another mediation between the same people."""

    mediation_id: UUID
    case_id: UUID
    reference: str


class Joint(Answer):
    """One session for both: what this person said, and whether all have said yes."""

    beside: tuple[Beside, ...]
    agreed: bool | None = None
    complete: bool = False
    with_mediation_id: UUID | None = None


class Openness(Answer):
    """Whether others may listen to the session, may do so at all, and what this person wishes."""

    open: bool
    may_be_open: bool = False
    yours: bool | None = None


class Mediation(Answer):
    """A mediation as this viewer may see it."""

    id: UUID
    status: str
    parties: tuple[Party, ...] = ()
    mediator_id: UUID | None = None
    proposed_id: UUID | None = None
    accepted_by: tuple[str, ...] = ()
    mediators_asked: tuple[AskedMediator, ...] = ()
    void_sessions: tuple[VoidSession, ...] = ()
    guests: tuple[Guest, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: Meeting | None = None
    absences: tuple[Absence, ...] = ()
    minutes: tuple[str, ...] = ()
    dialogue: Dialogue | None = None
    oral: Oral | None = None
    joint: Joint | None = None
    openness: Openness | None = None
    agreement: Agreement | None = None
    amendment: Amendment | None = None
    amendments: tuple[Amendment, ...] = ()
    handover: Pack | None = None
    rights: tuple[str, ...] = ()
    clock: Clock | None = None
    next: str
    possible: tuple[str, ...] = ()

    def as_answered_by(self, member_id: UUID) -> Mediation:
        """The same with what a party themselves said to the times offered."""
        me = next((party for party in self.parties if party.member_id == member_id), None)
        return self.model_copy(update={"slots": tuple(slot.of(me) for slot in self.slots)}) if me else self
