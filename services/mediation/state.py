"""What a mediation can be. Each status holds what it needs and nothing that could not be true in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

Side = Literal["complainant", "respondent"]
Answer = Literal["yes", "if_need_be", "no"]
Dwelling = Literal["home", "shop"]
Outcome = Literal["refused", "failed", "withdrawn"]
Form = Literal["written", "oral"]
CommitmentStatus = Literal["open", "proven", "disputed", "confirmed"]
Conflict = Literal["party", "lives_there", "works_there", "trades_there", "family", "same_trade"]
"""Why somebody may not mediate (利害关系)."""


@dataclass(frozen=True)
class Span:
    """From one moment to another, the end not included."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Party:
    """Somebody whose yes is needed; `windows` are the times they said they can come (none: they said nothing)."""

    member_id: UUID
    side: Side
    dwelling: Dwelling
    consented: bool = False
    separate: bool = False
    windows: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Matter:
    """The case as mediation sees it. `hidden`: the parties must not learn who the others are (隐名)."""

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: str
    hidden: bool
    place_id: UUID | None
    consent_until: date
    parties: tuple[Party, ...]

    def party(self, member_id: UUID) -> Party | None:
        return next((party for party in self.parties if party.member_id == member_id), None)

    def side(self, side: Side) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.side == side)

    @property
    def separate(self) -> bool:
        """Whether the talks are held apart (背靠背): somebody asked for it, or would be recognised."""
        return self.hidden or any(party.separate for party in self.parties)


@dataclass(frozen=True)
class Part:
    """One side's time within a session held apart."""

    side: Side
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Slot:
    """A time and room at which everybody was free when it was found; with `parts` where talks are apart."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    room_id: UUID
    room: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class SlotAnswer:
    """What a party said to a slot."""

    party: UUID
    slot_id: UUID
    answer: Answer


@dataclass(frozen=True)
class Session:
    """A fixed time. `uid` never changes, `sequence` grows with every change (RFC 5545)."""

    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room_id: UUID
    room: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Promise:
    """Who does what, how it is measured, by when (承诺)."""

    commitment_id: UUID
    owner_side: Side
    what: str
    measure: str
    due_on: date


@dataclass(frozen=True)
class Content:
    """What is signed. `agreed_on` is the day an oral agreement was reached (art. 30)."""

    agreement_id: UUID
    form: Form
    facts: str
    terms: str
    promises: tuple[Promise, ...]
    agreed_on: date | None = None


@dataclass(frozen=True)
class Signature:
    """A party's signature under the content with this hash."""

    party: UUID
    at: datetime


@dataclass(frozen=True)
class Marks:
    """The mediator's signature and the committee's seal (art. 29)."""

    mediator: datetime | None = None
    committee: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.mediator is not None and self.committee is not None


@dataclass(frozen=True)
class Held:
    """The session that took place, and the record the mediator keeps of it (art. 27)."""

    mediator: UUID
    session: Session
    minutes: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """In effect: binding (art. 31). `asked_court` are the parties who asked for judicial confirmation."""

    content: Content
    signatures: tuple[Signature, ...]
    marks: Marks
    effective_on: date
    judicial_until: date
    asked_court: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Commitment:
    """A promise in effect. It never disappears: open, proven, disputed, until it is confirmed."""

    promise: Promise
    status: CommitmentStatus = "open"
    proof: str | None = None
    confirm_until: date | None = None
    dispute: str | None = None
    reminded: bool = False


@dataclass(frozen=True)
class Unopened:
    """Nothing yet."""


@dataclass(frozen=True)
class AwaitingConsent:
    """Every party is asked; nothing goes on before each has said yes (art. 17)."""

    matter: Matter


@dataclass(frozen=True)
class ChoosingMediator:
    """Every party said yes. `proposed` is asked; who is in `passed` is not asked again."""

    matter: Matter
    proposed: UUID | None = None
    passed: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Scheduling:
    """A mediator leads; a time is looked for."""

    matter: Matter
    mediator: UUID
    passed: tuple[UUID, ...] = ()
    slots: tuple[Slot, ...] = ()
    answers: tuple[SlotAnswer, ...] = ()
    answer_until: date | None = None


@dataclass(frozen=True)
class Scheduled:
    """A session is fixed; `moves` counts how often it was moved."""

    matter: Matter
    mediator: UUID
    session: Session
    passed: tuple[UUID, ...] = ()
    slots: tuple[Slot, ...] = ()
    answers: tuple[SlotAnswer, ...] = ()
    answer_until: date | None = None
    moves: int = 0
    absent: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Drafting:
    """The session was held; an agreement may be written."""

    matter: Matter
    held: Held


@dataclass(frozen=True)
class Signing:
    """An agreement lies ready; it binds nobody until every signature and mark is made."""

    matter: Matter
    held: Held
    content: Content
    signatures: tuple[Signature, ...] = ()
    marks: Marks = Marks()


@dataclass(frozen=True)
class Performing:
    """In effect; commitments are carried out and confirmed."""

    matter: Matter
    held: Held
    agreement: Agreement
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True)
class Performed:
    """Every commitment is confirmed."""

    matter: Matter
    held: Held
    agreement: Agreement
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True)
class Ended:
    """Over without an agreement, without blame. `refused_by` is for the mediator and committee alone.

    A session was either `held` or `cancelled` before it began, or there was none to speak of.
    """

    matter: Matter
    outcome: Outcome
    reason: str
    refused_by: UUID | None = None
    mediator: UUID | None = None
    held: Held | None = None
    cancelled: Session | None = None


Mediation = (
    Unopened
    | AwaitingConsent
    | ChoosingMediator
    | Scheduling
    | Scheduled
    | Drafting
    | Signing
    | Performing
    | Performed
    | Ended
)
Opened = (
    AwaitingConsent
    | ChoosingMediator
    | Scheduling
    | Scheduled
    | Drafting
    | Signing
    | Performing
    | Performed
    | Ended
)
BeforeEffect = AwaitingConsent | ChoosingMediator | Scheduling | Scheduled | Drafting | Signing
"""Where every party may still refuse or stop (art. 23)."""

STATUS: dict[type[Mediation], str] = {
    Unopened: "unopened",
    AwaitingConsent: "awaiting_consent",
    ChoosingMediator: "choosing_mediator",
    Scheduling: "scheduling",
    Scheduled: "scheduled",
    Drafting: "drafting",
    Signing: "signing",
    Performing: "performing",
    Performed: "performed",
    Ended: "ended",
}


def status(state: Mediation) -> str:
    """The state's name for people and other services."""
    return STATUS[type(state)]


def mediator_of(state: Opened) -> UUID | None:
    """Who leads, once somebody does."""
    match state:
        case AwaitingConsent() | ChoosingMediator():
            return None
        case Scheduling() | Scheduled() | Ended():
            return state.mediator
        case Drafting() | Signing() | Performing() | Performed():
            return state.held.mediator


def session_of(state: Opened) -> Session | None:
    """The session fixed, held or, in the end, cancelled."""
    match state:
        case AwaitingConsent() | ChoosingMediator() | Scheduling():
            return None
        case Scheduled():
            return state.session
        case Ended():
            return state.held.session if state.held else state.cancelled
        case Drafting() | Signing() | Performing() | Performed():
            return state.held.session


def minutes_of(state: Opened) -> tuple[str, ...]:
    """The record of what was talked about."""
    match state:
        case AwaitingConsent() | ChoosingMediator() | Scheduling() | Scheduled():
            return ()
        case Ended():
            return state.held.minutes if state.held else ()
        case Drafting() | Signing() | Performing() | Performed():
            return state.held.minutes


def content_of(state: Opened) -> Content | None:
    """The agreement's words, drafted or in effect."""
    match state:
        case Signing():
            return state.content
        case Performing() | Performed():
            return state.agreement.content
        case _:
            return None


def commitments_of(state: Opened) -> tuple[Commitment, ...]:
    """What is promised; before it takes effect, every promise is open."""
    match state:
        case Signing():
            return tuple(Commitment(promise) for promise in state.content.promises)
        case Performing() | Performed():
            return state.commitments
        case _:
            return ()


def other_side(side: Side) -> Side:
    """The side that confirms what this one promised."""
    return "respondent" if side == "complainant" else "complainant"
