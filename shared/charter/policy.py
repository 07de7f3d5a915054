"""Who may change what an alliance lives by, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from shared.access.actor import Actor
from shared.errors import NotAllowed

Part = Literal["rules", "calendar", "categories", "name"]

MAY_SET: Mapping[Part, frozenset[str]] = {
    "rules": frozenset({"operator", "coordinator"}),
    "calendar": frozenset({"operator", "coordinator"}),
    "categories": frozenset({"operator", "coordinator"}),
    "name": frozenset({"operator", "coordinator"}),
}
"""The administrator, and the coordinator as secretary of the committee whose settings these are.

Every row says who set it, and neither may touch what a law fixes.
"""


def may_set(actor: Actor, part: Part) -> bool:
    """Whether the actor may change this part, and see who changed it."""
    return bool(actor.roles & MAY_SET[part])


def require_setting(actor: Actor, part: Part) -> tuple[UUID, UUID]:
    """The alliance and the member that set it. Raises NotAllowed."""
    if not may_set(actor, part) or actor.alliance_id is None or actor.member_id is None:
        raise NotAllowed
    return actor.alliance_id, actor.member_id


def alliance_of(actor: Actor) -> UUID:
    """Whose charter somebody signed in may read. Raises NotAllowed for who is in none."""
    if actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id
