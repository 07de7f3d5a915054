"""Who may do what to a mediation, and who sees what of it. Tables a committee could read."""

from __future__ import annotations

from services.mediation.policy.asking import possible_for, require, require_choice, require_invitation
from services.mediation.policy.showing import reads_minutes, sees
from services.mediation.policy.standing import (
    alliance,
    alliance_for,
    alliance_of_handovers,
    is_joined,
    is_only_guest,
    member,
    require_profile,
    roles_in,
    side_of,
)
from services.mediation.policy.tables import MAY, Field, Role

__all__ = [
    "MAY",
    "Field",
    "Role",
    "alliance",
    "alliance_for",
    "alliance_of_handovers",
    "is_joined",
    "is_only_guest",
    "member",
    "possible_for",
    "reads_minutes",
    "require",
    "require_choice",
    "require_invitation",
    "require_profile",
    "roles_in",
    "sees",
    "side_of",
]
