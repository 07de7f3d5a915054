"""The coordinators' desk as complaints shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.portal.answers.cases import CaseLine
from services.portal.answers.common import Answer, Clock


class QueueClock(Clock):
    """A clock at a glance."""

    late_days: int = 0


class QueueLine(CaseLine):
    """A case on the desk."""

    place_id: UUID | None = None
    building_id: UUID | None = None
    filed_on: date
    tier: str
    identity: str
    clocks: tuple[QueueClock, ...] = ()
    needs_me: bool = False
    emergency: bool = False
    respondent_unknown: bool = False
    mediator_id: UUID | None = None
    referred_to: str | None = None


class QueueCounts(Answer):
    """How many open cases there are of what is looked for most."""

    open: int
    needs_me: int
    past: int
    near: int
    emergencies: int
    unassigned: int
    respondent_unknown: int


class Queue(Answer):
    """One page of the desk."""

    items: tuple[QueueLine, ...]
    counts: QueueCounts | None = None
    found: int | None = None
    next_cursor: str | None = None


class KeptFilter(Answer):
    """A filter this person keeps, as the query it stands for."""

    name: str
    filter: dict[str, str]
