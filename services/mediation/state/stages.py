"""The statuses, each with what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from services.mediation.state.absences import Absence, DefaultPath
from services.mediation.state.agreement import (
    Agreement,
    Amendment,
    Commitment,
    Content,
    Held,
    Marks,
    Signature,
)
from services.mediation.state.court import Handover
from services.mediation.state.group import Fellow
from services.mediation.state.guests import Guest
from services.mediation.state.matter import Matter, Side
from services.mediation.state.paper import Sheet
from services.mediation.state.session import Session, Slot, SlotAnswer

Outcome = Literal["refused", "failed", "withdrawn", "deserted"]


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
    """The sides that did not come to this session; `absences` are those of the earlier ones too."""
    absences: tuple[Absence, ...] = ()
    default: DefaultPath | None = None


@dataclass(frozen=True)
class OralUnrecorded:
    """Agreed on the spot and entered; it binds nobody before the mediator who was there has recorded it.

    Where that one turns out to have ties it is not `led` any more, until somebody who was `proposed` takes it.
    """

    matter: Matter
    held: Held
    led: bool = True
    proposed: UUID | None = None


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
    marks: Marks = field(default_factory=Marks)
    drafted_on: date | None = None


@dataclass(frozen=True)
class Performing:
    """In effect; commitments are carried out and confirmed."""

    matter: Matter
    held: Held
    agreement: Agreement
    commitments: tuple[Commitment, ...]
    amendment: Amendment | None = None
    """Offered, and not in effect."""
    amendments: tuple[Agreement, ...] = ()
    """In effect beside the first agreement, the latest last."""
    handover: Handover | None = None
    """What the court station was handed."""

    @property
    def is_with_station(self) -> bool:
        """Whether the court station has it, and has not answered."""
        return self.handover is not None and self.handover.returned_on is None


@dataclass(frozen=True)
class Deserted(Performing):
    """In effect, and everybody of a side has left: it stands on paper, and the case may be mediated anew."""


@dataclass(frozen=True)
class Performed:
    """Every commitment is settled."""

    matter: Matter
    held: Held
    agreement: Agreement
    commitments: tuple[Commitment, ...]
    amendments: tuple[Agreement, ...] = ()
    handover: Handover | None = None


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
    sheet: Sheet | None = None
    """On which whoever has no account refused."""


Mediation = (
    Unopened
    | AwaitingConsent
    | ChoosingMediator
    | Scheduling
    | Scheduled
    | OralUnrecorded
    | Drafting
    | Signing
    | Performing
    | Deserted
    | Performed
    | Ended
)

Opened = (
    AwaitingConsent
    | ChoosingMediator
    | Scheduling
    | Scheduled
    | OralUnrecorded
    | Drafting
    | Signing
    | Performing
    | Deserted
    | Performed
    | Ended
)

BeforeEffect = (
    AwaitingConsent | ChoosingMediator | Scheduling | Scheduled | OralUnrecorded | Drafting | Signing
)
"""Where every party may still refuse or stop (art. 23)."""

STATUS: dict[type[Mediation], str] = {
    Unopened: "unopened",
    AwaitingConsent: "awaiting_consent",
    ChoosingMediator: "choosing_mediator",
    Scheduling: "scheduling",
    Scheduled: "scheduled",
    OralUnrecorded: "oral_unrecorded",
    Drafting: "drafting",
    Signing: "signing",
    Performing: "performing",
    Deserted: "deserted",
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
        case OralUnrecorded(led=False):
            return None
        case OralUnrecorded() | Drafting() | Signing() | Performing() | Performed():
            return state.held.mediator


def candidate_of(state: Opened) -> UUID | None:
    """The mediator whom the parties may accept or decline: who is asked, or leads."""
    return proposed_of(state) or mediator_of(state)


def proposed_of(state: Opened) -> UUID | None:
    """Who is asked to lead."""
    return state.proposed if isinstance(state, ChoosingMediator | OralUnrecorded) else None


def passed_of(state: Opened) -> tuple[UUID, ...]:
    """Everybody who was asked and left: nobody of them is asked again."""
    match state:
        case ChoosingMediator() | Scheduling() | Scheduled():
            before = state.passed
        case _:
            before = ()
    left = (one.mediator for one in state.matter.asked if one.left)
    return tuple(dict.fromkeys((*before, *left)))


def session_of(state: Opened) -> Session | None:
    """The session fixed, held or, in the end, cancelled."""
    match state:
        case AwaitingConsent() | ChoosingMediator() | Scheduling():
            return None
        case Scheduled():
            return state.session
        case Ended():
            return state.held.session if state.held else state.cancelled
        case OralUnrecorded() | Drafting() | Signing() | Performing() | Performed():
            return state.held.session


def held_of(state: Opened) -> Held | None:
    """The session that took place."""
    match state:
        case AwaitingConsent() | ChoosingMediator() | Scheduling() | Scheduled():
            return None
        case OralUnrecorded() | Drafting() | Signing() | Performing() | Performed() | Ended():
            return state.held


def minutes_of(state: Opened) -> tuple[str, ...]:
    """The record of what was talked about."""
    held = held_of(state)
    return held.minutes if held else ()


def content_of(state: Opened) -> Content | None:
    """The agreement's words, drafted or in effect."""
    match state:
        case Signing():
            return state.content
        case Performing() | Performed():
            return state.agreement.content
        case _:
            return None


def amendment_ids_of(state: Opened) -> list[UUID]:
    """The agreements beside the first one, offered or in effect."""
    match state:
        case Performing(amendment=Amendment() as offered):
            return [*(one.content.agreement_id for one in state.amendments), offered.content.agreement_id]
        case Performing() | Performed():
            return [one.content.agreement_id for one in state.amendments]
        case _:
            return []


def guests_of(state: Opened) -> tuple[Guest, ...]:
    """Who has a part in it as a guest: while a time is looked for or fixed, and not before nor after."""
    return state.matter.asked_guests if isinstance(state, Scheduling | Scheduled) else ()


def fellows_of(state: Opened) -> tuple[Fellow, ...]:
    """Those for whom others speak, from the draft on; whoever said no has no part in what takes effect."""
    match state:
        case Signing():
            return state.matter.fellows
        case Performing() | Performed():
            return tuple(one for one in state.matter.fellows if one.agrees is not False)
        case _:
            return ()


def is_with_court(state: Opened) -> bool:
    """Whether it was handed to the court station, or every party has asked the court."""
    if not isinstance(state, Performing | Performed):
        return False
    parties = {party.member_id for party in state.matter.parties}
    asked = any(parties <= {*one.asked_court} for one in (state.agreement, *state.amendments))
    return asked or state.handover is not None


def commitments_of(state: Opened) -> tuple[Commitment, ...]:
    """What is promised; before it takes effect, every promise is open."""
    match state:
        case Signing():
            return tuple(Commitment(promise) for promise in state.content.promises)
        case Performing() | Performed():
            return state.commitments
        case _:
            return ()
