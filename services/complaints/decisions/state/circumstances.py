"""Who asks, when, and how days are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.complaints.clocks import Timetable
from services.complaints.terms import (
    Identity,
    Role,
)
from shared.clock import local_day


@dataclass(frozen=True)
class Standing:
    """What somebody is to a case, as which party, and whether they took the place of one who left.

    `alone`: nobody acts for them any more; they read on and may end it, and all else is a party's.
    """

    role: Role
    party_id: UUID | None = None
    came_after: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Circumstances:
    """Who asks, when, and how days are counted."""

    by: Standing
    now: datetime
    timetable: Timetable
    fellows: Mapping[UUID, Identity] = field(default_factory=dict)
    """Those whose own case is handled with this one, and whether they hide their name."""

    @property
    def today(self) -> date:
        return local_day(self.now)
