"""危急: what is asked while somebody may be in danger, before anything is deliberated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.complaints.terms import Hotline, Ring


@dataclass(frozen=True)
class ConfirmEmergency:
    """A human has seen it and says whom they called."""

    case_id: UUID
    called: tuple[Hotline, ...]
    called_at: datetime | None = None


@dataclass(frozen=True)
class RecordSiteVisit:
    """Somebody of the committee was there: who else was present, what was found and done."""

    case_id: UUID
    present: str
    found: str
    done: str
    public_note: str | None = None
    """What everybody concerned may read of it, the one who reported it anonymously too."""


@dataclass(frozen=True)
class RecordHotlineCall:
    """One of 119, 110 and 120 was called."""

    case_id: UUID
    number: Hotline
    at: datetime


@dataclass(frozen=True)
class LiftEmergency:
    """The danger is over, or there was none."""

    case_id: UUID
    reason: str


@dataclass(frozen=True)
class RingAgain:
    """Nobody has confirmed it by now."""

    case_id: UUID
    step: Ring
