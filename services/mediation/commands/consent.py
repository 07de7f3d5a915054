"""Consent: who is asked, who says yes, and how it ends without an agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.mediation.state import Beside, Language, Party, Span

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
    category: str = ""
    conflict_id: UUID | None = None
    represented: tuple[UUID, ...] = ()
    """For whom a party acts who lives with them."""
    beside: tuple[Beside, ...] = ()
    minor: bool = False


@dataclass(frozen=True)
class Consent:
    """A party says yes, perhaps wishing separate talks or a language, perhaps naming times."""

    mediation_id: UUID
    party: UUID
    separate: bool = False
    available: tuple[Span, ...] = ()
    languages: tuple[Language, ...] = ()
    joint_session: bool | None = None


@dataclass(frozen=True)
class RefuseMediation:
    """A party says no, or stops. No reason is asked for."""

    mediation_id: UUID
    party: UUID


@dataclass(frozen=True)
class FailMediation:
    """No agreement will be reached (art. 26)."""

    mediation_id: UUID
    reason: FailReason


@dataclass(frozen=True)
class EndWithdrawn:
    """The case was withdrawn."""

    mediation_id: UUID
