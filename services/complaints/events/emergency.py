"""危急: what happened while somebody may have been in danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.complaints.terms import Hotline, Ring


@dataclass(frozen=True)
class EmergencyConfirmed:
    at: datetime
    called: tuple[Hotline, ...]
    called_at: datetime | None


@dataclass(frozen=True)
class EmergencyUnanswered:
    step: Ring


@dataclass(frozen=True)
class SiteVisited:
    present: str
    found: str
    done: str
    public_note: str | None = None


@dataclass(frozen=True)
class HotlineCalled:
    number: Hotline
    at: datetime


@dataclass(frozen=True)
class EmergencyLifted:
    at: datetime
    reason: str
