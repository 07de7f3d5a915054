"""听: filing, triage, service of notice and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.complaints.commands.evidence import AddEvidence, RecordReading
from services.complaints.terms import (
    AnswerKind,
    Channel,
    ConsentHow,
    DeclineReason,
    Delivery,
    Doer,
    HelpRelation,
    Identity,
    Outcome,
    Service,
    Tier,
)


@dataclass(frozen=True)
class Place:
    """A place of the alliance's register."""

    place_id: UUID
    block_id: UUID | None = None
    building_id: UUID | None = None


@dataclass(frozen=True)
class Consent:
    """That somebody agreed to another's complaining for them."""

    how: ConsentHow
    at: datetime


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
    details: Mapping[str, Any] = field(default_factory=dict)
    relation: HelpRelation | None = None
    consent: Consent | None = None
    minor: bool = False
    """A guardian files it for a child under 14."""
    continues: str | None = None
    """The reference of an earlier case of the same complainant that this takes up again."""
    carry_over: bool = False
    """Their own words and evidence of that earlier case are to lie before this one too."""
    linked_to: str | None = None
    """The reference of a case the complainant is a party of, and beside which this one stands."""
    respondent_fact: str | None = None
    """What they saw that shows who it was; without it nobody is named where the doer is not usually seen."""
    split: bool = False
    """It was taken out of the one it is linked to: of the same complainant, and a conflict of its own."""


@dataclass(frozen=True)
class CorrectCategory:
    """What it is about is put right, before anybody but who complained has heard of it."""

    case_id: UUID
    category: str
    subcategory: str
    category_version: int
    emergency: bool = False
    doer: Doer = "known"
    has_fact: bool = False
    """Whether the complainant said what shows who it was."""


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
    details: Mapping[str, Any] = field(default_factory=dict)
    category_version: int = 0
    minor: bool = False
    relation: HelpRelation | None = None
    consent: Consent | None = None
    represented: UUID | None = None
    """For whom the complainant acts, who lives with them."""
    continues: UUID | None = None
    linked_to: UUID | None = None
    conflict_id: UUID | None = None
    doer: Doer = "known"
    respondent_fact: str | None = None
    health_words: tuple[str, ...] = ()
    health_of_another: bool = False
    """Whether it is somebody else's, whose own yes it takes."""
    carried_from: UUID | None = None
    """The case this one continues, where what the complainant wrote and brought there is taken over."""
    earlier_words: str | None = None
    carried: tuple[AddEvidence | RecordReading, ...] = ()
    """What they laid before that case."""


@dataclass(frozen=True)
class AcceptCase:
    """Take the case on (受理); the month begins. `shared_summary` is what the other side will read."""

    case_id: UUID
    shared_summary: str
    words_kept: tuple[str, ...] = ()
    """Words that could betray a concealed complainant or point at a flat, looked at and let stand."""
    respondents: tuple[UUID, ...] = ()
    """Who is asked to answer, where it is not whom the filing named."""
    tier: Tier = "ordinary"
    respondent_fact: str | None = None
    """What was established, where somebody is named in a matter whose doer nobody saw."""


@dataclass(frozen=True)
class DecideHealthSharing:
    """The complainant says whether the other side may read what they said of their health."""

    case_id: UUID
    shared: bool


@dataclass(frozen=True)
class RecordHealthConsent:
    """Whoever's health was told of by another said themselves whether the other side may read of it."""

    case_id: UUID
    shared: bool
    how: ConsentHow
    told_on: date


@dataclass(frozen=True)
class DeclineCase:
    """Not take it on (不予受理), with the reason and the next address."""

    case_id: UUID
    reason: DeclineReason
    next_address: str
    note: str | None = None


@dataclass(frozen=True)
class JoinCase:
    """Let it be handled with a lead case (并案); `asked`: who filed it wished so."""

    case_id: UUID
    lead_case_id: UUID
    asked: bool = False


@dataclass(frozen=True)
class SeparateCase:
    """Take it out of its lead case again: it was another matter after all."""

    case_id: UUID


@dataclass(frozen=True)
class NoteLeadEnd:
    """The lead case it is handled with has ended."""

    case_id: UUID
    lead_case_id: UUID
    outcome: Outcome


@dataclass(frozen=True)
class ServeNotice:
    """The notice reached the respondent (送达), today or on an earlier day."""

    case_id: UUID
    how: Service
    on: date | None = None


@dataclass(frozen=True)
class AnswerCase:
    """The respondent's answer."""

    case_id: UUID
    kind: AnswerKind
    text: str


@dataclass(frozen=True)
class NoteDelivery:
    """The respondent's mail server took the notice, or the provider the text that tells of it."""

    case_id: UUID
    how: Delivery = "mail"
