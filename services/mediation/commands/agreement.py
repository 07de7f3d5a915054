"""The agreement: drafted, signed, marked, confirmed in court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import Form, Promise
from shared.access.actor import Intent


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
    group: tuple[UUID, ...] = ()
    """Those for whom others speak: each of them is asked."""


@dataclass(frozen=True)
class SignAgreement:
    """A party signs the content that has this hash, and means it."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID
    content_hash: str
    intent: Intent


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
