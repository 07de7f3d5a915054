"""The mark that somebody must be carried out of a home, and whose it is to set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Consent = Literal["own", "told_in_person", "phone", "written"]
"""How whoever is to be carried agreed to the mark: by setting it, or as the captain was told."""


@dataclass(frozen=True)
class Home:
    """A home, and whether the one who asks lives there."""

    place_id: UUID
    alliance_id: UUID
    building_id: UUID | None
    is_own: bool
