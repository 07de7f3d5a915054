"""Who may change what in the register, and what of a member each actor sees. Pure, and mostly tables."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import Enum, auto
from uuid import UUID

from services.alliance.commands import (
    ChangeContact,
    ChangePlace,
    Command,
    DeclareAdjacency,
    DeclareKin,
    EndMembership,
    EndOccupancy,
    GrantRole,
    PlaceCommand,
    RegisterMember,
    RegisterPlace,
    SetShopHours,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.decisions.carried_help import Home
from services.alliance.decisions.invitations import MAY_INVITE, Invitation
from services.alliance.decisions.members import Member, MemberState
from services.alliance.decisions.places import PlaceState
from services.alliance.events import OccupancyKind
from shared.access.actor import SYSTEM, Actor, Grant
from shared.errors import NotAllowed, NotFound

STAFF = frozenset({"coordinator", "operator"})
"""Keep the register of their alliance."""

HIMSELF = "himself"
"""Not a role: the member the command is about."""

TRADER = "trader"
"""Not a role: whoever trades today at the place the command is about."""

MAY: Mapping[type[Command], frozenset[str]] = {
    RegisterPlace: STAFF,
    DeclareAdjacency: STAFF,
    ChangePlace: STAFF,
    SetShopHours: STAFF | {TRADER},
    RegisterMember: STAFF,
    ChangeContact: STAFF,
    GrantRole: STAFF,
    WithdrawRole: STAFF,
    StartOccupancy: STAFF,
    EndOccupancy: STAFF | {HIMSELF},
    DeclareKin: STAFF | {HIMSELF},
    EndMembership: STAFF,
}

PUBLIC_OFFICES = frozenset({"mediator", "court_liaison"})
"""Everybody may know who mediates, and who speaks for the court station."""

POWER = frozenset({RegisterMember, ChangeContact, GrantRole, WithdrawRole, EndMembership})
"""Commands by which one could become somebody else: on staff, they are the operator's alone."""


class Sight(Enum):
    """What of a member's entry somebody sees."""

    NAME = auto()
    WHOLE = auto()


def require(
    actor: Actor,
    command: Command,
    state: PlaceState | MemberState,
    *,
    alliance_id: UUID,
    member_id: UUID | None = None,
    own: AbstractSet[OccupancyKind] = frozenset(),
) -> None:
    """Lets `actor` give `command`, or raises NotFound (not theirs to see) or NotAllowed.

    `alliance_id` and `member_id` say whose the place or member is; `own`, as what the actor is at the place.
    """
    if actor is SYSTEM:
        return
    if actor.alliance_id != alliance_id:
        raise NotFound
    held = actor.roles | ({HIMSELF} if actor.member_id == member_id else set())
    held |= {TRADER} if "trades" in own else set()
    if held & _allowed(command, state):
        return
    raise NotAllowed if _sees(actor, command, state, member_id) else NotFound


def _allowed(command: Command, state: PlaceState | MemberState) -> frozenset[str]:
    allowed = MAY[type(command)]
    if type(command) in POWER and _about_staff(command, state):
        return allowed - STAFF | {"operator"}
    return allowed


def _about_staff(command: Command, state: PlaceState | MemberState) -> bool:
    held = {grant.role for grant in state.grants} if isinstance(state, Member) else set()
    match command:
        case RegisterMember():
            held |= {grant.role for grant in command.grants}
        case GrantRole() | WithdrawRole():
            held.add(command.grant.role)
    return bool(held & STAFF)


def _sees(actor: Actor, command: Command, state: PlaceState | MemberState, member_id: UUID | None) -> bool:
    """Places are everybody's to see, and so is that members can be registered."""
    if isinstance(command, PlaceCommand) or not isinstance(state, Member):
        return True
    return sight_of(actor, member_id) is not None


def sight_of(actor: Actor, member_id: UUID | None) -> Sight | None:
    """What `actor` sees of one member of their alliance; None for nothing, not even that there is one."""
    return Sight.WHOLE if actor.roles & STAFF or actor.member_id == member_id else None


def sight_of_list(actor: Actor, role: str | None, building_id: UUID | None = None) -> Sight:
    """What `actor` sees in the list of members who hold `role`, or live in a building.

    Everybody may know who mediates; a captain knows the neighbours of her own building by name.

    Raises NotAllowed.
    """
    if actor.roles & STAFF:
        return Sight.WHOLE
    is_own = building_id is not None and Grant("building_captain", building_id) in actor.grants
    if role in PUBLIC_OFFICES or is_own:
        return Sight.NAME
    raise NotAllowed


def require_numbers(actor: Actor) -> UUID:
    """Of which alliance somebody may ask for a member by number: of their own, as everybody in it may.

    Whoever knows a number was given it, and learns no more by it. Raises NotAllowed.
    """
    if actor.member_id is None or actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id


def sight_of_occupants(actor: Actor, building_id: UUID | None, *, lives_there: bool) -> Sight:
    """What `actor` sees of who is at a place: its own people and its captain know each other by name.

    Raises NotAllowed.
    """
    if actor.roles & STAFF:
        return Sight.WHOLE
    if lives_there or is_captain_of(actor, building_id):
        return Sight.NAME
    raise NotAllowed


def may_invite(actor: Actor, kind: OccupancyKind, own: AbstractSet[OccupancyKind]) -> bool:
    """Whether `actor`, who is at the place as `own` says, may ask others there as `kind`."""
    return bool(actor.roles & STAFF) or any(kind in MAY_INVITE[one] for one in own)


def require_inviting(actor: Actor, kind: OccupancyKind, own: AbstractSet[OccupancyKind]) -> None:
    """Raises NotAllowed."""
    if not may_invite(actor, kind, own):
        raise NotAllowed


def require_withdrawing(actor: Actor, invitation: Invitation) -> None:
    """Whoever gave it out, or staff. Raises NotFound."""
    is_staff = bool(actor.roles & STAFF)
    if actor.alliance_id != invitation.alliance_id or not (
        is_staff or actor.member_id == invitation.invited_by
    ):
        raise NotFound


def require_marking(actor: Actor, home: Home) -> None:
    """Whoever lives there, or the captain of the building who was told. Raises NotFound, NotAllowed."""
    if actor.alliance_id != home.alliance_id:
        raise NotFound
    if not home.is_own and not is_captain_of(actor, home.building_id):
        raise NotAllowed


def require_looking(actor: Actor, building_id: UUID) -> None:
    """The captain of the building alone: staff do not carry anybody downstairs. Raises NotAllowed."""
    if not is_captain_of(actor, building_id):
        raise NotAllowed


def require_erasing(actor: Actor, member_id: UUID, alliance_id: UUID, *, at_desk: bool) -> None:
    """The member by a code, or staff of their alliance for them. Raises NotFound, NotAllowed.

    What is told at the desk needs no code, so nobody tells it for themselves: a telephone found unlocked could.
    """
    if actor.alliance_id != alliance_id:
        raise NotFound
    if actor.roles & STAFF:
        return
    if actor.member_id != member_id:
        raise NotFound
    if at_desk:
        raise NotAllowed


def require_watching_erasures(actor: Actor) -> None:
    """Staff see that one is under way or stuck, and of nobody whose. Raises NotAllowed."""
    if not actor.roles & STAFF:
        raise NotAllowed


def require_keeping_covenants(actor: Actor, alliance_id: UUID) -> None:
    """Staff enter what the meetings adopted; everybody reads it. Raises NotFound, NotAllowed."""
    if actor is SYSTEM:
        return
    if actor.alliance_id != alliance_id:
        raise NotFound
    if not actor.roles & STAFF:
        raise NotAllowed


def is_captain_of(actor: Actor, building_id: UUID | None) -> bool:
    return building_id is not None and Grant("building_captain", building_id) in actor.grants


def member(actor: Actor) -> UUID:
    """Who somebody signed in is. Raises NotAllowed for the clockwork and for the public."""
    if actor.member_id is None:
        raise NotAllowed
    return actor.member_id
