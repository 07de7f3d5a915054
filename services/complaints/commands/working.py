"""What facilitators write down of their own work on a case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.terms import Method, Rung, Side


@dataclass(frozen=True)
class RecordWork:
    """A visit, a talk, a call: what was done, by which of the ten methods, on which rungs of governance."""

    case_id: UUID
    methods: tuple[Method, ...]
    rungs: tuple[Rung, ...]
    note: str
    said: str | None = None
    """What somebody concerned said to it, in their own words; never the writer's."""
    said_by: Side | None = None
