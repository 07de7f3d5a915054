"""What may be asked of a case. Ids are made at the doors; a party is named by its id within the case.

The first group is asked by people; the second tells what timers and other services found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.complaints.clocks import ClockName
from services.complaints.terms import (
    AnswerKind,
    Audience,
    Channel,
    DeclineReason,
    Identity,
    Path,
    ReferralResult,
    Service,
)


@dataclass(frozen=True)
class Place:
    """A place of the alliance's register."""

    place_id: UUID
    block_id: UUID | None = None
    building_id: UUID | None = None


@dataclass(frozen=True)
class Filing:
    """A complaint as it comes to a door, before places and people are looked up."""

    case_id: UUID
    reference: str
    category: str
    subcategory: str
    place_id: UUID | None
    place_text: str | None
    respondent_id: UUID | None
    description: str
    occurred_at: datetime | None
    happening_now: bool
    identity: Identity
    on_behalf_of: UUID | None
    channel: Channel


@dataclass(frozen=True)
class FileCase:
    """Number a complaint. Who stands behind the parties was looked up before, and is not told here."""

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


@dataclass(frozen=True)
class AcceptCase:
    """Take the case on (受理); the month begins. `shared_summary` is what the other side will read."""

    case_id: UUID
    shared_summary: str
    respondents: tuple[UUID, ...] = ()
    """Who is asked to answer, where it is not whom the filing named."""


@dataclass(frozen=True)
class DeclineCase:
    """Not take it on (不予受理), with the reason and the next address."""

    case_id: UUID
    reason: DeclineReason
    next_address: str
    note: str | None = None


@dataclass(frozen=True)
class JoinCase:
    """Let it be handled with a lead case (并案)."""

    case_id: UUID
    lead_case_id: UUID


@dataclass(frozen=True)
class ServeNotice:
    """The notice reached the respondent (送达)."""

    case_id: UUID
    how: Service


@dataclass(frozen=True)
class AnswerCase:
    """The respondent's answer."""

    case_id: UUID
    kind: AnswerKind
    text: str


@dataclass(frozen=True)
class SendMessage:
    """Say something; a party's word to the other side waits for the coordinator."""

    case_id: UUID
    message_id: UUID
    to: Audience
    text: str


@dataclass(frozen=True)
class ReleaseMessage:
    """Let a waiting message through."""

    case_id: UUID
    message_id: UUID


@dataclass(frozen=True)
class LogOccurrence:
    """It happened again."""

    case_id: UUID
    note: str | None = None


@dataclass(frozen=True)
class RouteCase:
    """Choose the path on which the matter is deliberated."""

    case_id: UUID
    path: Path


@dataclass(frozen=True)
class ReferCase:
    """Hand it to an authority (移交); the mediation clock stands still."""

    case_id: UUID
    authority: str
    note: str


@dataclass(frozen=True)
class ReturnCase:
    """The authority is done with it; the clock goes on."""

    case_id: UUID
    result: ReferralResult
    note: str


@dataclass(frozen=True)
class WithdrawCase:
    """The complainant stops (撤回); not the same as solved."""

    case_id: UUID
    note: str | None = None


@dataclass(frozen=True)
class ReopenCase:
    """Take a closed case up again (重启)."""

    case_id: UUID
    reason: str


@dataclass(frozen=True)
class AnswerSurvey:
    """Say how it went (满意度测评)."""

    case_id: UUID
    solved: bool
    score: int
    comment: str | None = None


@dataclass(frozen=True)
class RevealIdentity:
    """Look at a hidden name, with a reason that its owner will read."""

    case_id: UUID
    coordinator_id: UUID
    reason: str


@dataclass(frozen=True)
class EndClock:
    """A clock's last day passed."""

    case_id: UUID
    clock: ClockName


@dataclass(frozen=True)
class NoteDelivery:
    """The respondent's mail server took the notice."""

    case_id: UUID


@dataclass(frozen=True)
class NoteMediation:
    """Something happened in the mediation that leaves the case at its stage."""

    case_id: UUID
    mediation_id: UUID
    step: str
    mediator_id: UUID | None = None


@dataclass(frozen=True)
class NoteDraft:
    """An agreement lies ready to be signed."""

    case_id: UUID
    mediation_id: UUID


@dataclass(frozen=True)
class NoteEffect:
    """The agreement is in force."""

    case_id: UUID
    mediation_id: UUID
    effective_on: date
    last_due_on: date


@dataclass(frozen=True)
class NoteCommitment:
    """A commitment was proven or fell due: from here on the other side looks."""

    case_id: UUID
    mediation_id: UUID
    step: Literal["commitment_proven", "commitment_due"]


@dataclass(frozen=True)
class NotePerformance:
    """Every commitment is confirmed."""

    case_id: UUID
    mediation_id: UUID


@dataclass(frozen=True)
class NoteMediationEnd:
    """The mediation ended without agreement."""

    case_id: UUID
    mediation_id: UUID
    how: Literal["mediation_refused", "mediation_failed"]


Command = (
    FileCase
    | AcceptCase
    | DeclineCase
    | JoinCase
    | ServeNotice
    | AnswerCase
    | SendMessage
    | ReleaseMessage
    | LogOccurrence
    | RouteCase
    | ReferCase
    | ReturnCase
    | WithdrawCase
    | ReopenCase
    | AnswerSurvey
    | RevealIdentity
    | EndClock
    | NoteDelivery
    | NoteMediation
    | NoteDraft
    | NoteEffect
    | NoteCommitment
    | NotePerformance
    | NoteMediationEnd
)

NAMES: dict[type[Command], str] = {
    AcceptCase: "accept",
    DeclineCase: "decline",
    JoinCase: "join",
    ServeNotice: "serve",
    AnswerCase: "answer",
    SendMessage: "messages",
    ReleaseMessage: "release",
    LogOccurrence: "occurrences",
    RouteCase: "route",
    ReferCase: "refer",
    ReturnCase: "return",
    WithdrawCase: "withdraw",
    ReopenCase: "reopen",
    AnswerSurvey: "survey",
    RevealIdentity: "reveal",
}
"""What people may ask of an existing case, by the word in its address."""
