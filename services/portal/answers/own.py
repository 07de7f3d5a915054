"""What the services answer where somebody asks for a copy of their own data, as far as the readable part shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.portal.answers.agreements import Agreement, Amendment
from services.portal.answers.common import Answer, Occupancy
from services.portal.answers.notices import Preferences
from services.portal.answers.sessions import InvitedMeeting


class OwnMember(Answer):
    """One's entry in the register, former occupancies too."""

    id: UUID
    display_name: str
    email: str | None = None
    phone: str | None = None
    language: str
    occupancies: tuple[Occupancy, ...] = ()


class OwnSession(Answer):
    """A sign-in."""

    started_at: datetime
    ended_at: datetime | None = None


class OwnAccount(Answer):
    """What the register holds."""

    member: OwnMember
    sessions: tuple[OwnSession, ...] = ()


class OwnStep(Answer):
    """One's own step in a matter, with what one said."""

    at: datetime
    text: str
    said: dict[str, Any]


class OwnEvidence(Answer):
    """What one brought."""

    kind: str
    added_at: datetime | None = None
    note: str | None = None
    sha256: str | None = None


class OwnMatter(Answer):
    """One's own part of a matter."""

    reference: str
    subcategory: str
    status: str
    role_in_case: str
    filed_on: date
    steps: tuple[OwnStep, ...] = ()
    evidence: tuple[OwnEvidence, ...] = ()


class OwnQuestion(Answer):
    """What one was asked as a neighbour, and said."""

    question: str
    asked_on: date
    text: str | None = None


class OwnMatters(Answer):
    """What complaints holds."""

    matters: tuple[OwnMatter, ...] = ()
    asked: tuple[OwnQuestion, ...] = ()


class OwnMediation(Answer):
    """A mediation one has a part in; a guest sees the session alone."""

    reference: str
    session: InvitedMeeting | None = None
    agreement: Agreement | None = None
    amendments: tuple[Amendment, ...] = ()


class OwnMediations(Answer):
    """What mediation holds."""

    mediations: tuple[OwnMediation, ...] = ()


class OwnNotice(Answer):
    """That one was told, and by which ways."""

    title: str
    reference: str
    created_at: datetime
    read_at: datetime | None = None
    ways: dict[str, str]


class OwnNotices(Answer):
    """What notifications holds."""

    preferences: Preferences
    notices: tuple[OwnNotice, ...] = ()


class OwnCopy(Answer):
    """All four together."""

    alliance: OwnAccount
    complaints: OwnMatters
    mediation: OwnMediations
    notifications: OwnNotices


class Obligation(Answer):
    """Why somebody may not be erased yet."""

    ground: str
    reference: str | None = None
    until: date | None = None


class ErasedThings(Answer):
    """How many of one kind are gone."""

    what: str
    count: int


class KeptThing(Answer):
    """What stays, on which ground, until when."""

    what: str
    ground: str
    until: date | None = None


class ErasurePart(Answer):
    """What one service said."""

    service: str
    on: date
    erased: tuple[ErasedThings, ...] = ()
    kept: tuple[KeptThing, ...] = ()


class ErasureReceipt(Answer):
    """How far an erasure is; the number is told once, to whoever asked for it."""

    number: str | None = None
    status: str
    asked_on: date
    settled_on: date | None = None
    waits_for: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    parts: tuple[ErasurePart, ...] = ()


class ErasureUnderWay(Answer):
    """An erasure as administrators see it."""

    status: str
    asked_at: datetime
    settled_on: date | None = None
    waits_for: tuple[str, ...] = ()
    late: bool = False
