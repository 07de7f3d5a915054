"""听: filing, triage, service of notice and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from services.complaints.clocks import Clock, Emergency
from services.complaints.commands.hearing import Consent, Place
from services.complaints.terms import (
    AnswerKind,
    Channel,
    ConsentHow,
    DeclineReason,
    Delivery,
    Doer,
    HelpRelation,
    Identity,
    Separation,
    Service,
    Tier,
)


@dataclass(frozen=True)
class CaseFiled:
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
    filed_at: datetime
    triage: Clock
    alarm: Emergency | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Answers to the subcategory's questions, in the complainant's words."""
    category_version: int = 0
    """The version of the subcategory whose questions were answered."""
    contact: Clock | None = None
    minor: bool = False
    relation: HelpRelation | None = None
    consent: Consent | None = None
    """Of whom it was filed for, to the one who filed it."""
    represented: UUID | None = None
    """Whoever it was filed for, where the complainant is of their family at home and acts for them."""
    continues: UUID | None = None
    """An earlier case of the same complainant; its clocks stay as they ended."""
    linked_to: UUID | None = None
    """The case beside which it was filed; neither waits for the other."""
    conflict_id: UUID | None = None
    """The first case of the same conflict, where it is not this one."""
    doer: Doer = "known"
    respondent_fact: str | None = None
    """What they saw that shows who it was."""
    health_words: tuple[str, ...] = ()
    """What they said of somebody's health: it stays on this side until they share it."""
    health_of_another: bool = False
    """Whether it is somebody else's, whose own yes it takes."""
    carried_from: UUID | None = None
    """The case that this one continues, where they took over what they wrote and brought there."""
    earlier_words: str | None = None


@dataclass(frozen=True)
class CategoryCorrected:
    on: date
    before: str
    """The subcategory it was filed under."""
    category: str
    subcategory: str
    category_version: int
    doer: Doer
    respondents: tuple[UUID, ...]
    """Where nobody usually sees who did it, nobody stays named without a fact."""
    clocks: tuple[Clock, ...]
    """Those that run, counted anew from the day they began."""
    alarm: Emergency | None = None


@dataclass(frozen=True)
class CaseAccepted:
    on: date
    shared_summary: str
    respondents: tuple[UUID, ...]
    mediation: Clock
    tier: Tier = "ordinary"
    words_kept: tuple[str, ...] = ()
    respondent_fact: str | None = None


@dataclass(frozen=True)
class HealthSharingDecided:
    """By whoever said it; or by the one whose health it is: how and when they told the coordinator."""

    on: date
    shared: bool
    how: ConsentHow | None = None
    told_on: date | None = None


@dataclass(frozen=True)
class CaseDeclined:
    on: date
    reason: DeclineReason
    next_address: str
    note: str | None


@dataclass(frozen=True)
class CaseJoined:
    on: date
    lead_case_id: UUID
    asked: bool = False


@dataclass(frozen=True)
class CaseSeparated:
    on: date
    why: Separation
    triage: Clock


@dataclass(frozen=True)
class NoticeDelivered:
    counts_at: datetime
    how: Delivery = "mail"


@dataclass(frozen=True)
class NoticeServed:
    how: Service
    answer: Clock


@dataclass(frozen=True)
class CaseAnswered:
    on: date
    kind: AnswerKind | Literal["silent"]
    text: str | None = None
