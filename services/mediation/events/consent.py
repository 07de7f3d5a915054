"""Consent: who is asked, who says yes, and how it ends without an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Language, Matter, Sheet, Span


@dataclass(frozen=True)
class MediationOpened:
    matter: Matter


@dataclass(frozen=True)
class PartyConsented:
    party: UUID
    separate: bool
    available: tuple[Span, ...]
    languages: tuple[Language, ...] = ()
    sheet: Sheet | None = None


@dataclass(frozen=True)
class ConsentCompleted:
    pass


@dataclass(frozen=True)
class MediationRefused:
    party: UUID
    sheet: Sheet | None = None


@dataclass(frozen=True)
class MediationFailed:
    reason: str
    wishes_referral: bool = False


@dataclass(frozen=True)
class MediationWithdrawn:
    pass
