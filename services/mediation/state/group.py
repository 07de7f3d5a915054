"""Of a group case: those for whom others speak, and who are bound by their own yes alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

ROUNDED = 5
"""Households are counted in fives."""


@dataclass(frozen=True)
class Fellow:
    """Somebody whose own case is handled with this one: what they said to the draft, or that they said nothing."""

    member_id: UUID
    agrees: bool | None = None
