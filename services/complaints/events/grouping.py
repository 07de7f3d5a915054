"""A group case: whose filings came together, who speaks for them, and what they say among themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.terms import AnswerKind


@dataclass(frozen=True)
class GroupGathered:
    on: date
    joined: tuple[UUID, ...]
    nomination: Clock | None = None
    """Until when they name who speaks for them, where this call began it."""


@dataclass(frozen=True)
class MatterSplit:
    on: date
    reference: str
    split_case_id: UUID
    split_reference: str


@dataclass(frozen=True)
class LeadsNominated:
    by: UUID
    chosen: tuple[UUID, ...]


@dataclass(frozen=True)
class LeadAccepted:
    party_id: UUID
    words: str


@dataclass(frozen=True)
class LeadsNamed:
    on: date
    leads: tuple[UUID, ...]


@dataclass(frozen=True)
class LeadStoodDown:
    """Of the group no more, and no party of its case."""

    on: date
    party_id: UUID


@dataclass(frozen=True)
class SpeakerVolunteered:
    party_id: UUID
    willing: bool


@dataclass(frozen=True)
class SpeakersDrawn:
    """All who were willing, in the order drawn: the first `seats` of them speak, the next steps in for who cannot."""

    on: date
    lot: str
    order: tuple[UUID, ...]
    seats: int


@dataclass(frozen=True)
class GroupAsked:
    """What was written for them lies before each of them until that day."""

    until: date


@dataclass(frozen=True)
class CaseGivenBack:
    on: date
    lead_case_id: UUID
    answer: AnswerKind | Literal["silent", "refuse"] | None


@dataclass(frozen=True)
class GroupPosted:
    message_id: UUID
    by: UUID | None
    """Nobody where the coordinator wrote it."""
    text: str
    held_for: tuple[str, ...] = ()
    """The words for which it waits."""


@dataclass(frozen=True)
class PostReleased:
    message_id: UUID
    text: str
    by: UUID | None


@dataclass(frozen=True)
class GroupNewsNoted:
    tell_at: datetime


@dataclass(frozen=True)
class GroupTold:
    on: date
