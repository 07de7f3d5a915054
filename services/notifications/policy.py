"""Who may see deliveries. A notice belongs to its recipient alone; storage asks for it by both their ids."""

from __future__ import annotations

from services.notifications.audiences import Side
from shared.access.actor import Actor
from shared.errors import NotAllowed

SEES_DELIVERIES = frozenset({"coordinator", "operator"})
"""Who must know whether word arrived: to visit with paper where it did not, or to mend what broke."""

NAMED_IN_DELIVERIES: frozenset[Side] = frozenset({"respondent", "staff"})
"""Whose id a delivery shows. A complainant's would undo a hidden identity without the logged reason for it."""


def require_deliveries(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not actor.roles & SEES_DELIVERIES:
        raise NotAllowed
