"""Who may see deliveries, who has platforms told, and who words the notices.

A notice belongs to its recipient alone; storage asks for it by both their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.notifications.audiences import Side
from shared.access.actor import Actor
from shared.errors import NotAllowed

SEES_DELIVERIES = frozenset({"coordinator", "operator"})
"""Who must know whether word arrived: to visit with paper where it did not, or to mend what broke."""

NAMED_IN_DELIVERIES: frozenset[Side] = frozenset({"respondent", "staff"})
"""Whose id a delivery shows. A complainant's would undo a hidden identity without the logged reason for it."""


@dataclass(frozen=True)
class Brings:
    """Whose letters somebody brings: of the whole alliance, or of those who live or trade in some buildings."""

    alliance_id: UUID
    everybody: bool
    buildings: tuple[UUID, ...]
    sides: tuple[Side, ...]


def brings(actor: Actor) -> Brings:
    """Raises NotAllowed.

    The coordinator brings any. A captain brings those of their own buildings, and none of a complainant: that
    somebody in the house complained is not for a neighbour to learn.
    """
    captain_of = tuple(
        grant.place_id for grant in actor.grants if grant.role == "building_captain" and grant.place_id
    )
    everybody = actor.has("coordinator")
    if actor.alliance_id is None or not (everybody or captain_of):
        raise NotAllowed
    sides: tuple[Side, ...] = ("complainant", "respondent", "staff") if everybody else ("respondent", "staff")
    return Brings(actor.alliance_id, everybody, captain_of, sides)


ADMINISTERS_WEBHOOKS = frozenset({"operator"})
"""Who agrees with a platform of the city that it is told, and answers for what leaves."""


def require_webhooks(actor: Actor) -> tuple[UUID, UUID]:
    """The alliance and the operator. Raises NotAllowed."""
    return _administers(actor, ADMINISTERS_WEBHOOKS)


ADMINISTERS_ROBOTS = frozenset({"coordinator", "operator"})
"""Who says in which group chats of the committee those on duty are told."""


def require_robots(actor: Actor) -> tuple[UUID, UUID]:
    """The alliance and the administrator. Raises NotAllowed."""
    return _administers(actor, ADMINISTERS_ROBOTS)


ADMINISTERS_WORDINGS = frozenset({"coordinator", "operator"})
"""Who says in the alliance's own words what its notices say."""


def require_wordings(actor: Actor) -> tuple[UUID, UUID]:
    """The alliance and the administrator. Raises NotAllowed."""
    return _administers(actor, ADMINISTERS_WORDINGS)


def require_deliveries(actor: Actor) -> None:
    """Raises NotAllowed."""
    if not actor.roles & SEES_DELIVERIES:
        raise NotAllowed


def _administers(actor: Actor, roles: frozenset[str]) -> tuple[UUID, UUID]:
    if not actor.roles & roles or actor.alliance_id is None or actor.member_id is None:
        raise NotAllowed
    return actor.alliance_id, actor.member_id
