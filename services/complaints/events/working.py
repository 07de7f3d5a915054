"""What facilitators wrote down of their own work on a case."""

from __future__ import annotations

from dataclasses import dataclass

from services.complaints.terms import Method, Rung, Side


@dataclass(frozen=True)
class WorkRecorded:
    methods: tuple[Method, ...]
    rungs: tuple[Rung, ...]
    note: str
    said: str | None = None
    said_by: Side | None = None
    """Whose words these are."""
