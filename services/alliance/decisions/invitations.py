"""Who may be asked to a home or a shop, and what saying yes makes of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.alliance.events import OccupancyKind
from shared.contracts.alliance import Role
from shared.errors import Refused


@dataclass(frozen=True)
class Invitation:
    """One link for one person: open until it is accepted, withdrawn, or its days are over."""

    id: UUID
    alliance_id: UUID
    place_id: UUID
    kind: OccupancyKind
    invited_by: UUID
    expires_at: datetime
    withdrawn_at: datetime | None = None
    accepted_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.accepted_at is None and now < self.expires_at


MAY_INVITE: Mapping[OccupancyKind, frozenset[OccupancyKind]] = {
    "lives": frozenset({"lives"}),
    "trades": frozenset({"trades", "works"}),
    "works": frozenset(),
}
"""As what somebody may ask others to the place where they live, trade or work themselves."""

ROLE_OF: Mapping[OccupancyKind, Role] = {"lives": "resident", "trades": "merchant", "works": "merchant"}
"""What whoever says yes is to the alliance, where they were nothing yet."""


def require_open(invitation: Invitation, now: datetime) -> None:
    """Raises Refused for a link that opens nothing any more."""
    if not invitation.is_open(now):
        raise Refused("invitation_over")
