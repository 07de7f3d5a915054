"""The word of a party without an account: entered by whoever was there, from a sheet they signed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Language, Sheet, SlotAnswer, Span


@dataclass(frozen=True)
class EnterConsent:
    """They said yes to being mediated. `has_account`: whether they could say so themselves."""

    mediation_id: UUID
    party: UUID
    sheet: Sheet
    separate: bool = False
    available: tuple[Span, ...] = ()
    languages: tuple[Language, ...] = ()
    has_account: bool = True


@dataclass(frozen=True)
class EnterRefusal:
    """They said no, or stop. No reason is asked for."""

    mediation_id: UUID
    party: UUID
    sheet: Sheet
    has_account: bool = True


@dataclass(frozen=True)
class PassOnTimes:
    """They said when they can come, at a door or by telephone: times bind nobody, and need no sheet."""

    mediation_id: UUID
    party: UUID
    available: tuple[Span, ...] | None
    answers: tuple[SlotAnswer, ...]
    has_account: bool = True


@dataclass(frozen=True)
class EnterSignature:
    """They signed the content that has this hash, before whoever enters it and a witness."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID
    content_hash: str
    sheet: Sheet
    has_account: bool = True


OnPaper = EnterConsent | EnterRefusal | EnterSignature
"""What stands on a sheet."""
