"""What may be asked of a mediation. Ids, and facts that only a database knows, are put in before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.mediation.state import Conflict, Form, Party, Promise, Side, Slot, SlotAnswer, Span

FailReason = Literal["no_agreement", "absent", "no_common_time", "not_mediable", "conflict_discovered"]


@dataclass(frozen=True)
class OpenMediation:
    """A case was routed to mediation."""

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: str
    hidden: bool
    place_id: UUID | None
    parties: tuple[Party, ...]


@dataclass(frozen=True)
class Consent:
    """A party says yes, perhaps wishing separate talks, perhaps naming times."""

    mediation_id: UUID
    party: UUID
    separate: bool = False
    available: tuple[Span, ...] = ()


@dataclass(frozen=True)
class RefuseMediation:
    """A party says no, or stops. No reason is asked for."""

    mediation_id: UUID
    party: UUID


@dataclass(frozen=True)
class NominateMediator:
    """Somebody is to be asked to mediate; `conflicts` is what the facts say of them."""

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]


@dataclass(frozen=True)
class TakeMediation:
    """The mediator asked takes it; the facts are looked at again."""

    mediation_id: UUID
    mediator: UUID
    conflicts: frozenset[Conflict]


@dataclass(frozen=True)
class PassOn:
    """The mediator cannot, or steps back (回避). No reason is asked for."""

    mediation_id: UUID
    mediator: UUID


@dataclass(frozen=True)
class ProposeSlots:
    """These times were found to suit everybody."""

    mediation_id: UUID
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class AnswerSlots:
    """A party names times, or answers the slots proposed."""

    mediation_id: UUID
    party: UUID
    available: tuple[Span, ...] | None
    answers: tuple[SlotAnswer, ...]


@dataclass(frozen=True)
class ScheduleSession:
    """Fix a slot that nobody declined."""

    mediation_id: UUID
    slot_id: UUID
    session_id: UUID


@dataclass(frozen=True)
class MoveToSlot:
    """Move the session to another slot proposed."""

    mediation_id: UUID
    slot_id: UUID
    reason: str


@dataclass(frozen=True)
class MoveToTime:
    """Move the session to a time and room of the mediator's choice; `fits` is what the calendars say of it."""

    mediation_id: UUID
    slot: Slot
    fits: bool
    reason: str


@dataclass(frozen=True)
class RecordAbsence:
    """A side did not come."""

    mediation_id: UUID
    side: Side


@dataclass(frozen=True)
class WriteMinutes:
    """The session took place, and this was talked about."""

    mediation_id: UUID
    text: str


@dataclass(frozen=True)
class WriteCaucusNote:
    """The mediator noted something in confidence. The words never come near the decision."""

    mediation_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class DraftAgreement:
    """What the parties agreed on, in words that can be signed."""

    mediation_id: UUID
    agreement_id: UUID
    form: Form
    facts: str
    terms: str
    promises: tuple[Promise, ...]
    agreed_on: date | None = None


@dataclass(frozen=True)
class FailMediation:
    """No agreement will be reached (art. 26)."""

    mediation_id: UUID
    reason: FailReason


@dataclass(frozen=True)
class EndWithdrawn:
    """The case was withdrawn."""

    mediation_id: UUID


@dataclass(frozen=True)
class SignAgreement:
    """A party signs the content that has this hash."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID
    content_hash: str


@dataclass(frozen=True)
class MarkAgreement:
    """The mediator signs, or a member of the committee sets its seal."""

    mediation_id: UUID
    agreement_id: UUID
    member: UUID


@dataclass(frozen=True)
class AskCourt:
    """A party asks for judicial confirmation; it takes all of them (art. 33)."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID


@dataclass(frozen=True)
class ProveCommitment:
    """The owner's side shows that it is done."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
    text: str


@dataclass(frozen=True)
class ConfirmCommitment:
    """The other side says it is done."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID


@dataclass(frozen=True)
class DisputeCommitment:
    """The other side says it is not."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
    reason: str


@dataclass(frozen=True)
class FallDue:
    """A commitment's due day may be over."""

    mediation_id: UUID
    commitment_id: UUID


Command = (
    OpenMediation
    | Consent
    | RefuseMediation
    | NominateMediator
    | TakeMediation
    | PassOn
    | ProposeSlots
    | AnswerSlots
    | ScheduleSession
    | MoveToSlot
    | MoveToTime
    | RecordAbsence
    | WriteMinutes
    | WriteCaucusNote
    | DraftAgreement
    | FailMediation
    | EndWithdrawn
    | SignAgreement
    | MarkAgreement
    | AskCourt
    | ProveCommitment
    | ConfirmCommitment
    | DisputeCommitment
    | FallDue
)

NAMES: dict[type[Command], str] = {
    OpenMediation: "open",
    Consent: "consent",
    RefuseMediation: "refuse",
    NominateMediator: "nominate",
    TakeMediation: "take",
    PassOn: "pass-on",
    ProposeSlots: "slots",
    AnswerSlots: "answers",
    ScheduleSession: "schedule",
    MoveToSlot: "reschedule",
    MoveToTime: "reschedule",
    RecordAbsence: "absences",
    WriteMinutes: "minutes",
    WriteCaucusNote: "caucus-notes",
    DraftAgreement: "agreement",
    FailMediation: "fail",
    EndWithdrawn: "end-withdrawn",
    SignAgreement: "sign",
    MarkAgreement: "mark",
    AskCourt: "confirm-in-court",
    ProveCommitment: "proof",
    ConfirmCommitment: "confirm",
    DisputeCommitment: "dispute",
    FallDue: "fall-due",
}
"""Each command by the name of its endpoint; those without one are the clockwork's."""
