"""Whether others may listen to the session: each party chooses, until it begins (art. 23)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ChooseOpenness:
    """A party wishes the session open, or closed. `shared`: another matter is talked about in it."""

    mediation_id: UUID
    party: UUID
    open: bool
    shared: bool = False
