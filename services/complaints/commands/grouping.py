"""A group case (群体纠纷): many filings of one matter, and what of a filing is none of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.terms import AnswerKind


@dataclass(frozen=True)
class GatherGroup:
    """Let these cases be handled with this one; each of them is joined by a command of its own."""

    case_id: UUID
    joined: tuple[UUID, ...]


@dataclass(frozen=True)
class SplitMatter:
    """Take the second matter out of a filing that spoke of two: it becomes a case of its own."""

    case_id: UUID
    split_case_id: UUID
    split_reference: str


@dataclass(frozen=True)
class NominateLeads:
    """Name up to two of those who complain together to speak for all (代表人); the latest word counts."""

    case_id: UUID
    chosen: tuple[UUID, ...]


@dataclass(frozen=True)
class AcceptLead:
    """Whoever was named is willing, and says to the others what they may know."""

    case_id: UUID
    words: str


@dataclass(frozen=True)
class VolunteerToSpeak:
    """Somebody who complains together with others would speak at the session, or would not any more."""

    case_id: UUID
    willing: bool


@dataclass(frozen=True)
class DrawSpeakers:
    """Draw by lot who of them speaks. `lot` is the chance of it: with the same lot it is the same draw."""

    case_id: UUID
    lot: str


@dataclass(frozen=True)
class PostToGroup:
    """A word to those who complain together, and to nobody else."""

    case_id: UUID
    message_id: UUID
    text: str


@dataclass(frozen=True)
class ReleasePost:
    """Let a held word through, with parts of it taken out; `written` is what `by` wrote."""

    case_id: UUID
    message_id: UUID
    text: str
    written: str
    by: UUID | None


@dataclass(frozen=True)
class GiveBack:
    """Whoever did not agree to what was agreed for the group has their own matter back, by the lead's month."""

    case_id: UUID
    lead_case_id: UUID
    shared_summary: str
    respondents: tuple[UUID, ...]
    mediation: Clock
    answer: AnswerKind | Literal["silent", "refuse"] | None


@dataclass(frozen=True)
class NoteStandDown:
    """Whoever spoke for the others has taken their own complaint back, or it is looked at on its own again."""

    case_id: UUID
    party_id: UUID


@dataclass(frozen=True)
class TellGroup:
    """The hour of the day at which those who complain together are told that there is news."""

    case_id: UUID
