"""What somebody is to a mediation, and what their office lets them ask."""

from __future__ import annotations

from uuid import UUID

from services.mediation.policy.tables import Role
from services.mediation.state import (
    Opened,
    Side,
    fellows_of,
    guests_of,
    is_with_court,
    mediator_of,
    proposed_of,
)
from shared.access.actor import SYSTEM, Actor
from shared.errors import NotAllowed


def roles_in(actor: Actor, state: Opened) -> frozenset[Role]:
    """The actor's parts in this mediation. A party is nothing else: nobody marks their own agreement.

    For whom a party acts holds no office in it either: the matter is their own.
    """
    if actor is SYSTEM:
        return frozenset({"system"})
    if actor.alliance_id != state.matter.alliance_id or actor.member_id is None:
        return frozenset()
    if (me := state.matter.party(actor.member_id)) is not None:
        return frozenset({"party" if me.left_on is None else "former"})
    if state.matter.successor(actor.member_id):
        return frozenset({"successor"})
    if is_joined(actor, state):
        return frozenset({"joined"})
    held: dict[Role, bool] = {
        "proposed": proposed_of(state) == actor.member_id,
        "mediator": mediator_of(state) == actor.member_id,
        "coordinator": actor.has("coordinator"),
        "captain": state.matter.oral is not None and state.matter.oral.captain_id == actor.member_id,
        "court": actor.has("court_liaison") and is_with_court(state),
        "guest": any(guest.member_id == actor.member_id for guest in guests_of(state)),
    }
    open_to = {"guest"} if actor.member_id in state.matter.represented else held.keys()
    return frozenset(role for role, is_so in held.items() if is_so and role in open_to)


def is_joined(actor: Actor, state: Opened) -> bool:
    """Whether others speak for the actor, and the agreement is theirs to read: not after they said no to it."""
    return any(fellow.member_id == actor.member_id for fellow in fellows_of(state))


def is_only_guest(actor: Actor, state: Opened) -> bool:
    """Whether reference, time, room and the labels of the sides are all that the actor may see."""
    return roles_in(actor, state) == {"guest"}


def side_of(actor: Actor, state: Opened) -> Side | None:
    """Whose times of a session held apart are told to the actor: a party's own; None is the whole."""
    me = actor.member_id and state.matter.party(actor.member_id)
    return me.side if me else None


def require_profile(actor: Actor, mediator_id: UUID) -> None:
    """A mediator keeps their own; the committee may enter it for them. Raises NotAllowed."""
    if not (actor.has("coordinator") or (actor.has("mediator") and actor.member_id == mediator_id)):
        raise NotAllowed


def member(actor: Actor) -> UUID:
    """Who somebody signed in is. Raises NotAllowed for the clockwork and for the public."""
    if actor.member_id is None:
        raise NotAllowed
    return actor.member_id


def alliance(actor: Actor) -> UUID:
    """Where somebody signed in belongs. Raises NotAllowed for the clockwork and for the public."""
    if actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id


def alliance_for(actor: Actor, role: str) -> UUID:
    """The alliance in which the actor holds `role`. Raises NotAllowed without it."""
    if not actor.has(role):
        raise NotAllowed
    return alliance(actor)


def alliance_of_handovers(actor: Actor) -> UUID:
    """Whose packs are listed: those of the own alliance, to the court station and the committee."""
    if not (actor.has("court_liaison") or actor.has("coordinator")):
        raise NotAllowed
    return alliance(actor)
