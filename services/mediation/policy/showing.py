"""What of a mediation is shown to whom."""

from __future__ import annotations

from services.mediation.policy.standing import roles_in
from services.mediation.policy.tables import SEES, Field, Role
from services.mediation.state import Opened, held_of
from shared.access.actor import Actor


def sees(field: Field, roles: frozenset[Role]) -> bool:
    """Whether one of these roles may see the field."""
    return bool(SEES[field] & roles)


def reads_minutes(actor: Actor, state: Opened) -> bool:
    """Whether the record is theirs: of a group those who speak for it have it at once, the others once released."""
    roles, held = roles_in(actor, state), held_of(state)
    return sees("minutes", roles) or ("joined" in roles and held is not None and held.released)
