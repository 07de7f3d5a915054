"""A longer month by consent of all, and the end of a path without mediation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import SaidConclusion, Side
from shared.access.actor import Intent


@dataclass(frozen=True)
class ProposeExtension:
    """Ask every party for more time (延长调解期限)."""

    case_id: UUID
    until: date
    reason: str


@dataclass(frozen=True)
class ConsentToExtension:
    """A party agrees to the day proposed."""

    case_id: UUID


@dataclass(frozen=True)
class RemindOfExtension:
    """Somebody may still have to say whether they agree."""

    case_id: UUID


@dataclass(frozen=True)
class DeclineExtension:
    """A party does not; no reason is asked."""

    case_id: UUID


@dataclass(frozen=True)
class SettledPromise:
    """Who does what, how one sees that it is done, and by when, where the sides settle it themselves."""

    owner_side: Side
    what: str
    measure: str
    due_on: date


@dataclass(frozen=True)
class ConcludeCase:
    """End what the sides settled, or did not settle, between themselves or as a topic.

    `conclusion_id` is what the surveys' ids are made of: another one for each round. A side settles it in its own words
    and promises, or agrees to those of the other by their hash; `intent` proves that it means just these.
    """

    case_id: UUID
    conclusion_id: UUID
    result: SaidConclusion
    note: str | None = None
    promises: tuple[SettledPromise, ...] = ()
    agrees_to: str | None = None
    intent: Intent | None = None
