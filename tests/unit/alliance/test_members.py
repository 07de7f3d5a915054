"""Every pair of member state and command, and the rules of roles, occupancies and kin."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import get_args
from uuid import UUID

import pytest

from services.alliance.commands import (
    ChangeContact,
    DeclareKin,
    EndMembership,
    EndOccupancy,
    GrantRole,
    MemberCommand,
    NewOccupancy,
    RegisterMember,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.decisions.members import (
    FITTING,
    Erased,
    Known,
    Member,
    MemberState,
    Occupancy,
    Stranger,
    decide,
    erased,
    evolve,
)
from services.alliance.decisions.places import Place
from services.alliance.events import (
    ContactChanged,
    KinshipDeclared,
    MemberErased,
    MemberEvent,
    MemberRegistered,
    OccupancyEnded,
    OccupancyKind,
    OccupancyStarted,
    PlaceKind,
    RoleGranted,
    RoleWithdrawn,
)
from shared.access.actor import Grant
from shared.contracts.alliance import Role
from shared.errors import Invalid, NotFound, Refused

ALLIANCE, ME, AUNT, BUILDING, UNIT, SHOP, STAY, NEXT_STAY = (UUID(int=number) for number in range(1, 9))
NOBODY = NOWHERE = UUID(int=99)
MARCH, JUNE, JULY = date(2026, 3, 1), date(2026, 6, 20), date(2026, 7, 1)
KNOWN = Known(
    places={
        BUILDING: Place("building", "118弄6号", building_id=BUILDING),
        UNIT: Place("unit", "118弄6号301", building_id=BUILDING),
        SHOP: Place("shop", "山北路116号", building_id=BUILDING, trade="bar"),
    },
    members={AUNT},
)
RESIDENT = Grant("resident")
LIN = Member("林佩珍", "lin@shanbei.example", grants=(RESIDENT,))
LIVES = Occupancy(STAY, UNIT, BUILDING, "lives", None, MARCH)
LIN_AT_HOME = Member("林佩珍", "lin@shanbei.example", grants=(RESIDENT,), occupancies=(LIVES,), kin=(AUNT,))


def lives(place_id: UUID = UNIT, *, from_day: date = MARCH, trade: str | None = None) -> NewOccupancy:
    return NewOccupancy(NEXT_STAY, place_id, "lives", from_day, trade)


COMMANDS: dict[type, MemberCommand] = {
    RegisterMember: RegisterMember(
        ME, ALLIANCE, "林佩珍", "lin@shanbei.example", grants=(RESIDENT,), occupancies=(lives(),)
    ),
    ChangeContact: ChangeContact(ME, "林佩珍", None, "13800000000", "en"),
    GrantRole: GrantRole(ME, Grant("volunteer")),
    WithdrawRole: WithdrawRole(ME, RESIDENT),
    StartOccupancy: StartOccupancy(ME, lives()),
    EndOccupancy: EndOccupancy(STAY, JUNE),
    DeclareKin: DeclareKin(ME, AUNT),
    EndMembership: EndMembership(ME, JUNE),
}
PAIRS = {
    (Stranger, RegisterMember): [
        MemberRegistered("林佩珍", "lin@shanbei.example", None, "zh-CN", (RESIDENT,)),
        OccupancyStarted(NEXT_STAY, UNIT, BUILDING, "lives", None, MARCH),
    ],
    (Stranger, ChangeContact): NotFound,
    (Stranger, GrantRole): NotFound,
    (Stranger, WithdrawRole): NotFound,
    (Stranger, StartOccupancy): NotFound,
    (Stranger, EndOccupancy): NotFound,
    (Stranger, DeclareKin): NotFound,
    (Stranger, EndMembership): NotFound,
    (Member, RegisterMember): Refused,
    (Member, ChangeContact): [ContactChanged("林佩珍", None, "13800000000", "en")],
    (Member, GrantRole): [RoleGranted(Grant("volunteer"))],
    (Member, WithdrawRole): [RoleWithdrawn(RESIDENT)],
    (Member, StartOccupancy): [OccupancyStarted(NEXT_STAY, UNIT, BUILDING, "lives", None, MARCH)],
    (Member, EndOccupancy): NotFound,
    (Member, DeclareKin): [KinshipDeclared(AUNT)],
    (Member, EndMembership): [RoleWithdrawn(RESIDENT), ContactChanged("林佩珍", None, None, "zh-CN")],
    **dict.fromkeys(((Erased, command) for command in COMMANDS), NotFound),
}
STATES: dict[type, MemberState] = {Stranger: Stranger(), Member: LIN, Erased: Erased()}


def test_every_pair_of_state_and_command_is_named() -> None:
    assert set(PAIRS) == {
        (state, command) for state in get_args(MemberState) for command in get_args(MemberCommand)
    }


@pytest.mark.parametrize(("state", "command"), PAIRS)
def test_what_each_pair_leads_to(state: type, command: type) -> None:
    expected = PAIRS[state, command]
    if isinstance(expected, list):
        assert decide(STATES[state], COMMANDS[command], KNOWN) == expected
    else:
        with pytest.raises(expected):
            decide(STATES[state], COMMANDS[command], KNOWN)


def test_each_event_moves_the_member_on() -> None:
    story: list[MemberEvent] = [
        MemberRegistered("林佩珍", "lin@shanbei.example", None, "zh-CN", (RESIDENT,)),
        OccupancyStarted(STAY, UNIT, BUILDING, "lives", None, MARCH),
        ContactChanged("林阿姨", None, "13800000000", "en"),
        RoleGranted(Grant("volunteer")),
        RoleWithdrawn(RESIDENT),
        KinshipDeclared(AUNT),
        OccupancyEnded(STAY, JUNE),
    ]
    assert {type(event) for event in story} == set(get_args(MemberEvent)) - {MemberErased}
    assert reduce(evolve, story, Stranger()) == Member(
        "林阿姨",
        None,
        "13800000000",
        "en",
        grants=(Grant("volunteer"),),
        occupancies=(Occupancy(STAY, UNIT, BUILDING, "lives", None, MARCH, JUNE),),
        kin=(AUNT,),
    )


@pytest.mark.parametrize(
    "command",
    [
        ChangeContact(ME, "林佩珍", "lin@shanbei.example", None, "zh-CN"),
        GrantRole(ME, RESIDENT),
        WithdrawRole(ME, Grant("mediator")),
        DeclareKin(ME, AUNT),
    ],
)
def test_what_is_so_already_needs_no_event(command: MemberCommand) -> None:
    assert decide(LIN_AT_HOME, command, KNOWN) == []


@pytest.mark.parametrize("role", get_args(Role))
def test_only_captains_and_volunteers_belong_to_one_building(role: str) -> None:
    command = GrantRole(ME, Grant(role, BUILDING))
    if role in {"building_captain", "volunteer"}:
        assert decide(LIN, command, KNOWN) == [RoleGranted(command.grant)]
    else:
        assert refused_field(LIN, command) == ("/place_id", "scope_does_not_fit")


@pytest.mark.parametrize("role", set(get_args(Role)) - {"resident"})
def test_only_a_captain_needs_a_building(role: str) -> None:
    command = GrantRole(ME, Grant(role))
    if role == "building_captain":
        assert refused_field(LIN, command) == ("/place_id", "scope_needed")
    else:
        assert decide(LIN, command, KNOWN) == [RoleGranted(command.grant)]


def refused_field(state: MemberState, command: MemberCommand) -> tuple[str, str]:
    with pytest.raises(Invalid) as refusal:
        decide(state, command, KNOWN)
    return refusal.value.field, refusal.value.code


@pytest.mark.parametrize(
    ("command", "field", "code"),
    [
        (GrantRole(ME, Grant("building_captain", NOWHERE)), "/place_id", "unknown_place"),
        (GrantRole(ME, Grant("building_captain", UNIT)), "/place_id", "scope_does_not_fit"),
        (StartOccupancy(ME, lives(NOWHERE)), "/place_id", "unknown_place"),
        (StartOccupancy(ME, lives(trade="bar")), "/trade", "trade_of_traders_only"),
        (DeclareKin(ME, ME), "/relative_id", "not_kin_of_oneself"),
        (DeclareKin(ME, NOBODY), "/relative_id", "unknown_member"),
    ],
)
def test_a_refusal_names_the_field(command: MemberCommand, field: str, code: str) -> None:
    assert refused_field(LIN, command) == (field, code)


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"grants": (RESIDENT, Grant("building_captain"))}, "/grants/1/place_id", "scope_needed"),
        ({"occupancies": (lives(), lives(NOWHERE))}, "/occupancies/1/place_id", "unknown_place"),
        ({"occupancies": (lives(), lives())}, "/occupancies/1/place_id", "already_there"),
        ({"occupancies": (lives(SHOP),)}, "/occupancies/0/kind", "occupancy_does_not_fit"),
    ],
)
def test_a_registration_names_the_entry_that_is_wrong(more: dict, field: str, code: str) -> None:
    assert refused_field(Stranger(), RegisterMember(ME, ALLIANCE, "林佩珍", **more)) == (field, code)


def test_the_same_role_twice_in_a_registration_is_one() -> None:
    command = RegisterMember(ME, ALLIANCE, "林佩珍", grants=(RESIDENT, RESIDENT))
    assert decide(Stranger(), command, KNOWN) == [
        MemberRegistered("林佩珍", None, None, "zh-CN", (RESIDENT,))
    ]


@pytest.mark.parametrize("kind", get_args(OccupancyKind))
@pytest.mark.parametrize("place_kind", get_args(PlaceKind))
def test_where_one_may_live_trade_and_work(kind: OccupancyKind, place_kind: PlaceKind) -> None:
    known = Known(places={UNIT: Place(place_kind, "here")})
    command = StartOccupancy(ME, NewOccupancy(STAY, UNIT, kind, MARCH))
    if place_kind in FITTING[kind]:
        assert decide(LIN, command, known)
    else:
        with pytest.raises(Invalid, match="occupancy_does_not_fit"):
            decide(LIN, command, known)


@pytest.mark.parametrize(("named", "kept"), [(None, "bar"), ("teahouse", "teahouse")])
def test_who_trades_at_a_shop_has_its_trade_unless_another_is_named(named: str | None, kept: str) -> None:
    command = StartOccupancy(ME, NewOccupancy(STAY, SHOP, "trades", MARCH, named))
    assert decide(LIN, command, KNOWN) == [OccupancyStarted(STAY, SHOP, BUILDING, "trades", kept, MARCH)]


def test_who_works_at_a_shop_has_no_trade() -> None:
    command = StartOccupancy(ME, NewOccupancy(STAY, SHOP, "works", MARCH))
    assert decide(LIN, command, KNOWN) == [OccupancyStarted(STAY, SHOP, BUILDING, "works", None, MARCH)]


def test_nobody_lives_at_one_place_twice_on_a_day() -> None:
    ended = evolve(LIN_AT_HOME, OccupancyEnded(STAY, JUNE))
    assert refused_field(LIN_AT_HOME, StartOccupancy(ME, lives(from_day=JULY))) == (
        "/place_id",
        "already_there",
    )
    assert refused_field(ended, StartOccupancy(ME, lives(from_day=JUNE))) == ("/place_id", "already_there")
    assert decide(ended, StartOccupancy(ME, lives(from_day=JULY)), KNOWN) != []


def test_an_occupancy_ends_once() -> None:
    assert decide(LIN_AT_HOME, EndOccupancy(STAY, JUNE), KNOWN) == [OccupancyEnded(STAY, JUNE)]
    ended = evolve(LIN_AT_HOME, OccupancyEnded(STAY, JUNE))
    assert decide(ended, EndOccupancy(STAY, JUNE), KNOWN) == []
    with pytest.raises(Refused, match="already_ended"):
        decide(ended, EndOccupancy(STAY, JULY), KNOWN)


def test_an_occupancy_may_last_one_day_but_not_less() -> None:
    assert decide(LIN_AT_HOME, EndOccupancy(STAY, MARCH), KNOWN) == [OccupancyEnded(STAY, MARCH)]
    assert refused_field(LIN_AT_HOME, EndOccupancy(STAY, date(2026, 2, 28))) == (
        "/until_day",
        "ends_before_start",
    )


def test_of_whoever_is_erased_nothing_is_left() -> None:
    events = erased(LIN_AT_HOME, JUNE)
    assert events == [RoleWithdrawn(RESIDENT), OccupancyEnded(STAY, JUNE), MemberErased()]
    assert reduce(evolve, events, LIN_AT_HOME) == Erased()


def test_ending_one_occupancy_leaves_the_others() -> None:
    trades = OccupancyStarted(NEXT_STAY, SHOP, BUILDING, "trades", "bar", MARCH)
    state = reduce(evolve, [trades, OccupancyEnded(STAY, JUNE)], LIN_AT_HOME)
    assert isinstance(state, Member)
    assert [one.until_day for one in state.occupancies] == [JUNE, None]


def test_whoever_leaves_lives_nowhere_holds_no_role_and_cannot_sign_in() -> None:
    events = decide(LIN_AT_HOME, EndMembership(ME, JUNE), KNOWN)
    after = reduce(evolve, events, LIN_AT_HOME)
    assert isinstance(after, Member)
    assert (after.grants, after.email, after.phone) == ((), None, None)
    assert [one.until_day for one in after.occupancies] == [JUNE]
    assert after.display_name == "林佩珍"
    assert decide(after, EndMembership(ME, JUNE), KNOWN) == []


def test_an_occupancy_that_has_not_begun_ends_on_its_first_day() -> None:
    earlier = EndMembership(ME, date(2026, 2, 1))
    ended = [one for one in decide(LIN_AT_HOME, earlier, KNOWN) if isinstance(one, OccupancyEnded)]
    assert ended == [OccupancyEnded(STAY, MARCH)]
