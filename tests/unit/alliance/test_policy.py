"""Who may give which command about whom: every role, every command, every relation."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import UUID, uuid4

import pytest

from services.alliance import policy
from services.alliance.commands import (
    ChangeContact,
    ChangePlace,
    Command,
    DeclareAdjacency,
    DeclareKin,
    EndMembership,
    EndOccupancy,
    GrantRole,
    Neighbour,
    NewOccupancy,
    PlaceCommand,
    RegisterMember,
    RegisterPlace,
    SetShopHours,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.decisions.members import Member, MemberState, Stranger
from services.alliance.decisions.places import Place, PlaceState, Unregistered
from services.alliance.events import OccupancyKind
from services.alliance.policy import Sight
from shared.access.actor import PUBLIC, SYSTEM, Actor, Grant
from shared.contracts.alliance import Role
from shared.errors import NotAllowed, NotFound
from tests.support.tokens import ALLIANCE, an_actor

ROLES = get_args(Role)
SUBJECT, SOMEBODY, PLACE, OTHER_ALLIANCE = (UUID(int=number) for number in range(1, 5))
DAY = date(2026, 3, 1)
COMMANDS: dict[type[Command], Command] = {
    RegisterPlace: RegisterPlace(PLACE, ALLIANCE, "block", "118弄"),
    DeclareAdjacency: DeclareAdjacency(PLACE, Neighbour(SOMEBODY, "above", 0)),
    RegisterMember: RegisterMember(SUBJECT, ALLIANCE, "林佩珍", grants=(Grant("resident"),)),
    ChangeContact: ChangeContact(SUBJECT, "林佩珍", None, None, "en"),
    GrantRole: GrantRole(SUBJECT, Grant("volunteer")),
    WithdrawRole: WithdrawRole(SUBJECT, Grant("volunteer")),
    StartOccupancy: StartOccupancy(SUBJECT, NewOccupancy(PLACE, PLACE, "lives", DAY)),
    EndOccupancy: EndOccupancy(PLACE, DAY),
    DeclareKin: DeclareKin(SUBJECT, SOMEBODY),
    ChangePlace: ChangePlace(PLACE, "118弄3号"),
    EndMembership: EndMembership(SUBJECT, DAY),
    SetShopHours: SetShopHours(PLACE, (), ()),
}
MEMBER_COMMANDS = [kind for kind in COMMANDS if kind not in get_args(PlaceCommand)]
ABOUT_ONE_MEMBER = [kind for kind in MEMBER_COMMANDS if kind is not RegisterMember]
PLAIN_ROLES = [role for role in ROLES if role not in policy.STAFF]


def state_for(kind: type[Command], *roles: str) -> PlaceState | MemberState:
    if kind in get_args(PlaceCommand):
        return Unregistered() if kind is RegisterPlace else Place("block", "118弄")
    return Stranger() if kind is RegisterMember else Member("林佩珍", grants=tuple(map(Grant, roles)))


def verdict(
    actor: Actor,
    kind: type[Command],
    *roles_of_subject: str,
    command: Command | None = None,
    own: frozenset[OccupancyKind] = frozenset(),
) -> str:
    """`yes`, or the name of the refusal."""
    given, state = command or COMMANDS[kind], state_for(kind, *roles_of_subject)
    try:
        policy.require(actor, given, state, alliance_id=ALLIANCE, member_id=SUBJECT, own=own)
    except (NotAllowed, NotFound) as refusal:
        return type(refusal).__name__
    return "yes"


def test_every_command_has_its_row() -> None:
    assert set(policy.MAY) == set(get_args(Command)) == set(COMMANDS)


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("role", sorted(policy.STAFF))
def test_staff_keep_the_register(role: str, kind: type[Command]) -> None:
    assert verdict(an_actor(role), kind, "resident") == "yes"


@pytest.mark.parametrize("kind", get_args(PlaceCommand))
@pytest.mark.parametrize("role", PLAIN_ROLES)
def test_nobody_else_registers_places_they_see(role: str, kind: type[Command]) -> None:
    assert verdict(an_actor(role), kind) == "NotAllowed"


@pytest.mark.parametrize("kind", get_args(PlaceCommand))
@pytest.mark.parametrize("there", get_args(OccupancyKind))
def test_whoever_trades_there_says_when_the_shop_is_open_and_nothing_else(
    there: OccupancyKind, kind: type[Command]
) -> None:
    expected = "yes" if (there, kind) == ("trades", SetShopHours) else "NotAllowed"
    assert verdict(an_actor("merchant"), kind, own=frozenset({there})) == expected


@pytest.mark.parametrize("role", PLAIN_ROLES)
def test_nobody_else_registers_members(role: str) -> None:
    assert verdict(an_actor(role), RegisterMember) == "NotAllowed"


@pytest.mark.parametrize("kind", ABOUT_ONE_MEMBER)
@pytest.mark.parametrize("role", PLAIN_ROLES)
def test_somebody_else_is_not_there(role: str, kind: type[Command]) -> None:
    assert verdict(an_actor(role), kind, "resident") == "NotFound"


@pytest.mark.parametrize("kind", ABOUT_ONE_MEMBER)
@pytest.mark.parametrize("role", PLAIN_ROLES)
def test_about_oneself_one_may_end_an_occupancy_and_declare_kin(role: str, kind: type[Command]) -> None:
    expected = "yes" if kind in {EndOccupancy, DeclareKin} else "NotAllowed"
    assert verdict(an_actor(role, member_id=SUBJECT), kind, role) == expected


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("role", ROLES)
def test_another_alliance_is_not_there(role: str, kind: type[Command]) -> None:
    stranger = an_actor(role, member_id=SUBJECT, alliance_id=OTHER_ALLIANCE)
    assert verdict(stranger, kind, "resident") == "NotFound"


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_system_may_do_everything(kind: type[Command]) -> None:
    assert verdict(SYSTEM, kind, "operator") == "yes"


@pytest.mark.parametrize("kind", ABOUT_ONE_MEMBER)
@pytest.mark.parametrize("held", sorted(policy.STAFF))
def test_a_coordinator_cannot_become_another_of_the_staff(held: str, kind: type[Command]) -> None:
    expected = "NotAllowed" if kind in policy.POWER else "yes"
    assert verdict(an_actor("coordinator"), kind, held) == expected
    assert verdict(an_actor("operator"), kind, held) == "yes"


@pytest.mark.parametrize("role", ROLES)
def test_only_the_operator_makes_staff(role: str) -> None:
    commands: list[Command] = [
        RegisterMember(SUBJECT, ALLIANCE, "新人", grants=(Grant("resident"), Grant(role))),
        GrantRole(SUBJECT, Grant(role)),
        WithdrawRole(SUBJECT, Grant(role)),
    ]
    for command in commands:
        expected = "NotAllowed" if role in policy.STAFF else "yes"
        assert verdict(an_actor("coordinator"), type(command), command=command) == expected
        assert verdict(an_actor("operator"), type(command), command=command) == "yes"


def test_a_coordinator_cannot_raise_themselves() -> None:
    myself = an_actor("coordinator", member_id=SUBJECT)
    command = GrantRole(SUBJECT, Grant("operator"))
    assert verdict(myself, GrantRole, "coordinator", command=command) == "NotAllowed"
    assert verdict(myself, ChangeContact, "coordinator") == "NotAllowed"


@pytest.mark.parametrize("role", ROLES)
def test_one_member_is_seen_by_staff_and_by_themselves(role: str) -> None:
    expected = Sight.WHOLE if role in policy.STAFF else None
    assert policy.sight_of(an_actor(role), SUBJECT) is expected
    assert policy.sight_of(an_actor(role, member_id=SUBJECT), SUBJECT) is Sight.WHOLE


@pytest.mark.parametrize("listed", [None, *ROLES])
@pytest.mark.parametrize("role", ROLES)
def test_lists_are_for_staff_but_everybody_may_know_the_offices(role: str, listed: str | None) -> None:
    actor = an_actor(role)
    if role in policy.STAFF:
        assert policy.sight_of_list(actor, listed) is Sight.WHOLE
    elif listed in ("mediator", "court_liaison"):
        assert policy.sight_of_list(actor, listed) is Sight.NAME
    else:
        with pytest.raises(NotAllowed):
            policy.sight_of_list(actor, listed)


def test_a_captain_knows_the_neighbours_of_her_own_building_by_name() -> None:
    own, other = uuid4(), uuid4()
    captain = an_actor("building_captain", place_id=own)
    assert policy.sight_of_list(captain, None, own) is Sight.NAME
    with pytest.raises(NotAllowed):
        policy.sight_of_list(captain, None, other)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_ask_for_a_member_by_number_in_their_own_alliance(role: str) -> None:
    assert policy.require_numbers(an_actor(role)) == ALLIANCE


@pytest.mark.parametrize("actor", [PUBLIC, SYSTEM, Actor(None, ALLIANCE)])
def test_nobody_else_asks_for_a_member_by_number(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        policy.require_numbers(actor)


@pytest.mark.parametrize("role", ROLES)
def test_at_the_desk_staff_ask_for_an_erasure_and_nobody_does_for_themselves(role: str) -> None:
    themselves, neighbour = an_actor(role, member_id=SUBJECT), an_actor(role)
    policy.require_erasing(themselves, SUBJECT, ALLIANCE, at_desk=False)
    if role in policy.STAFF:
        policy.require_erasing(neighbour, SUBJECT, ALLIANCE, at_desk=True)
        return
    with pytest.raises(NotAllowed):
        policy.require_erasing(themselves, SUBJECT, ALLIANCE, at_desk=True)
    for at_desk in (True, False):
        with pytest.raises(NotFound):
            policy.require_erasing(neighbour, SUBJECT, ALLIANCE, at_desk=at_desk)
    with pytest.raises(NotFound):
        policy.require_erasing(themselves, SUBJECT, OTHER_ALLIANCE, at_desk=False)
