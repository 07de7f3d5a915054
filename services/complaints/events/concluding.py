"""A longer month by consent of all, and the end of a path without mediation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.commands.concluding import SettledPromise
from services.complaints.events.visiting import PlannedVisit
from services.complaints.terms import Conclusion, Role, Side


@dataclass(frozen=True)
class ExtensionProposed:
    until: date
    reason: str
    by: Role
    party_id: UUID | None
    on: date | None = None


@dataclass(frozen=True)
class ExtensionConsented:
    party_id: UUID


@dataclass(frozen=True)
class ExtensionReminded:
    """Whoever has not said whether they agree was asked again."""


@dataclass(frozen=True)
class ExtensionDeclined:
    """By whom is not told: refusing needs no reason and carries no blame."""


@dataclass(frozen=True)
class MonthExtended:
    mediation: Clock


@dataclass(frozen=True)
class SettlementSaid:
    """In words of its own, or with the words of the other side that have this hash."""

    side: Side
    note: str | None
    promises: tuple[SettledPromise, ...] = ()
    words_hash: str | None = None
    party_id: UUID | None = None
    on: date | None = None
    proven_at: datetime | None = None
    """When the one-time code for just these words was given (一次性验证码)."""


@dataclass(frozen=True)
class OwedPromise:
    """One promise of what was settled, followed from now on. Its words are the `place`th that `written_by` signed."""

    pledge_id: UUID
    owed_by: Side
    written_by: Side
    place: int
    pledge: Clock


@dataclass(frozen=True)
class SettlementReached:
    """Both sides signed; what each owes by it is waited for."""

    on: date
    promises: tuple[OwedPromise, ...]


@dataclass(frozen=True)
class CaseConcluded:
    on: date
    result: Conclusion
    note: str | None
    visits: tuple[PlannedVisit, ...] = ()
    last_visit: Clock | None = None
    """As in `CommitmentsPerformed`."""
