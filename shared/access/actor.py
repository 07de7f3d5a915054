"""Who asks, and what they mean. Made from verified tokens at the HTTP door; SYSTEM where a timer or an event asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Grant:
    """A role and where it counts: the whole alliance when `place_id` is None, else one building."""

    role: str
    place_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody acting within one alliance. `member_id` is None for the system and for link holders."""

    member_id: UUID | None
    alliance_id: UUID | None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    role: str = "public"
    """The role shown in histories: the strongest one held."""

    def has(self, role: str) -> bool:
        """Whether the actor holds `role` anywhere."""
        return any(grant.role == role for grant in self.grants)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)


@dataclass(frozen=True)
class Intent:
    """Somebody means to sign the content of this hash: they gave the one-time code mailed to them for just that."""

    member_id: UUID
    content_hash: str
    proven_at: datetime


SYSTEM = Actor(None, None, role="system")
"""The alliance's own clockwork: timers and events of other services."""

PUBLIC = Actor(None, None)
"""Somebody who has not signed in."""

_STRENGTH = (
    "operator",
    "coordinator",
    "mediator",
    "court_liaison",
    "agency_officer",
    "representative",
    "building_captain",
    "volunteer",
    "merchant",
    "resident",
)


def strongest(grants: frozenset[Grant]) -> str:
    """The role by which histories name somebody who holds several."""
    held = {grant.role for grant in grants}
    return next((role for role in _STRENGTH if role in held), "public")
