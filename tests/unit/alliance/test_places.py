"""Every pair of place state and command, and the shape of a block."""

from __future__ import annotations

from datetime import time
from functools import reduce
from typing import get_args
from uuid import UUID

import pytest

from services.alliance.commands import (
    ChangePlace,
    DeclareAdjacency,
    Neighbour,
    PlaceCommand,
    RegisterPlace,
    SetShopHours,
)
from services.alliance.decisions.places import (
    PARENTS,
    Adjacency,
    Place,
    PlaceState,
    Unregistered,
    decide,
    evolve,
)
from services.alliance.events import (
    AdjacencyDeclared,
    BusyHours,
    OpenHours,
    PlaceChanged,
    PlaceEvent,
    PlaceKind,
    PlaceRegistered,
    ShopHoursSet,
)
from shared.errors import Invalid, NotFound, Refused

ALLIANCE, BLOCK, BUILDING, YARD, SHOP = (UUID(int=number) for number in range(1, 6))
NOWHERE = UUID(int=99)
KNOWN = {
    BLOCK: Place("block", "118弄"),
    BUILDING: Place("building", "118弄3号", BLOCK, BUILDING, BLOCK),
    YARD: Place("building", "118弄6号", BLOCK, YARD, BLOCK),
}
A_SHOP = Place("shop", "山北路116号", BLOCK, BUILDING, BUILDING, "bar")


def register(kind: PlaceKind, parent_id: UUID | None, **more: object) -> RegisterPlace:
    return RegisterPlace(SHOP, ALLIANCE, kind, "山北路116号", parent_id, **more)  # type: ignore[arg-type]


def happened(*events: PlaceEvent) -> PlaceState:
    return reduce(evolve, events, Unregistered())


WEEK, NOON_RUSH = (OpenHours(0, time(10), time(22)),), (BusyHours(time(11), time(13)),)
COMMANDS: dict[type, PlaceCommand] = {
    RegisterPlace: register("shop", BUILDING),
    DeclareAdjacency: DeclareAdjacency(SHOP, Neighbour(YARD, "behind", 4)),
    ChangePlace: ChangePlace(SHOP, "山北路116号 老友面馆", "noodles"),
    SetShopHours: SetShopHours(SHOP, WEEK, NOON_RUSH),
}
PAIRS = {
    (Unregistered, RegisterPlace): [PlaceRegistered("shop", "山北路116号", BLOCK, BUILDING, BUILDING, None)],
    (Unregistered, DeclareAdjacency): NotFound,
    (Unregistered, ChangePlace): NotFound,
    (Unregistered, SetShopHours): NotFound,
    (Place, RegisterPlace): Refused,
    (Place, DeclareAdjacency): [AdjacencyDeclared(YARD, "behind", 4)],
    (Place, ChangePlace): [PlaceChanged("山北路116号 老友面馆", "noodles")],
    (Place, SetShopHours): [ShopHoursSet(WEEK, NOON_RUSH)],
}
STATES = {Unregistered: Unregistered(), Place: A_SHOP}


def test_every_pair_of_state_and_command_is_named() -> None:
    assert set(PAIRS) == {
        (state, command) for state in get_args(PlaceState) for command in get_args(PlaceCommand)
    }


@pytest.mark.parametrize(("state", "command"), PAIRS)
def test_what_each_pair_leads_to(state: type, command: type) -> None:
    expected = PAIRS[state, command]
    if isinstance(expected, list):
        assert decide(STATES[state], COMMANDS[command], KNOWN) == expected
    else:
        with pytest.raises(expected):
            decide(STATES[state], COMMANDS[command], KNOWN)


@pytest.mark.parametrize("kind", get_args(PlaceKind))
@pytest.mark.parametrize("parent", [None, "block", "building", "unit", "shop", "room"])
def test_a_place_stands_only_where_its_kind_may_stand(kind: PlaceKind, parent: PlaceKind | None) -> None:
    known = {BUILDING: Place(parent, "here", BLOCK, BUILDING)} if parent else {}
    command = register(kind, BUILDING if parent else None)

    if parent in PARENTS[kind]:
        assert decide(Unregistered(), command, known)
    else:
        with pytest.raises(Invalid) as refusal:
            decide(Unregistered(), command, known)
        assert (refusal.value.field, refusal.value.code) == ("/parent_id", "parent_does_not_fit")


def test_a_building_is_its_own_building() -> None:
    assert happened(*decide(Unregistered(), register("building", BLOCK), KNOWN)) == Place(
        "building", "山北路116号", BLOCK, SHOP, BLOCK
    )


def test_a_shop_beside_no_building_has_none() -> None:
    assert happened(*decide(Unregistered(), register("shop", BLOCK), KNOWN)) == Place(
        "shop", "山北路116号", BLOCK, None, BLOCK
    )


def test_a_block_stands_in_nothing() -> None:
    assert happened(*decide(Unregistered(), register("block", None), {})) == Place("block", "山北路116号")


@pytest.mark.parametrize(
    ("command", "field", "code"),
    [
        (register("shop", NOWHERE), "/parent_id", "unknown_place"),
        (register("unit", BUILDING, trade="bar"), "/trade", "trade_of_shops_only"),
        (
            register(
                "shop", BUILDING, adjacent=(Neighbour(YARD, "behind", 4), Neighbour(NOWHERE, "above", 0))
            ),
            "/adjacent/1/place_id",
            "unknown_place",
        ),
    ],
)
def test_a_registration_names_the_field_that_is_wrong(command: RegisterPlace, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(Unregistered(), command, KNOWN)
    assert (refusal.value.field, refusal.value.code) == (field, code)


@pytest.mark.parametrize(("other", "code"), [(NOWHERE, "unknown_place"), (SHOP, "not_beside_itself")])
def test_an_adjacency_needs_another_place(other: UUID, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(A_SHOP, DeclareAdjacency(SHOP, Neighbour(other, "above", 0)), {**KNOWN, SHOP: A_SHOP})
    assert (refusal.value.field, refusal.value.code) == ("/place_id", code)


def test_the_same_adjacency_again_changes_nothing() -> None:
    beside = evolve(A_SHOP, AdjacencyDeclared(YARD, "behind", 4))
    assert decide(beside, DeclareAdjacency(SHOP, Neighbour(YARD, "behind", 4)), KNOWN) == []


def test_an_adjacency_measured_anew_takes_the_new_distance() -> None:
    beside = evolve(A_SHOP, AdjacencyDeclared(YARD, "behind", 4))
    again = evolve(beside, AdjacencyDeclared(YARD, "behind", 4.5))
    assert isinstance(again, Place)
    assert again.adjacent == (Adjacency(YARD, "behind", 4.5),)


def test_a_place_may_lie_to_another_in_two_ways() -> None:
    both = (AdjacencyDeclared(YARD, "behind", 4), AdjacencyDeclared(YARD, "above", 0))
    state = reduce(evolve, both, A_SHOP)
    assert isinstance(state, Place)
    assert [one.kind for one in state.adjacent] == ["above", "behind"]


def test_what_a_place_is_called_and_trades_in_may_change_and_nothing_else_does() -> None:
    changed = evolve(A_SHOP, PlaceChanged("山北路116号 老友面馆", None))
    assert changed == Place("shop", "山北路116号 老友面馆", BLOCK, BUILDING, BUILDING)
    assert decide(A_SHOP, ChangePlace(SHOP, A_SHOP.name, A_SHOP.trade), KNOWN) == []


def test_only_a_shop_trades_after_a_change_too() -> None:
    with pytest.raises(Invalid) as refused:
        decide(KNOWN[YARD], ChangePlace(YARD, "118弄6号", "bar"), KNOWN)
    assert (refused.value.field, refused.value.code) == ("/trade", "trade_of_shops_only")


def test_the_same_hours_again_are_no_news_and_a_shop_keeps_them_under_a_new_name() -> None:
    asked = SetShopHours(SHOP, WEEK, NOON_RUSH)
    known = reduce(evolve, decide(A_SHOP, asked, KNOWN), A_SHOP)
    assert decide(known, asked, KNOWN) == []
    renamed = evolve(known, PlaceChanged("山北路116号 老友面馆", "noodles"))
    assert isinstance(renamed, Place)
    assert (renamed.weekly, renamed.busy) == (WEEK, NOON_RUSH)
    assert decide(renamed, SetShopHours(SHOP, (), ()), KNOWN) == [ShopHoursSet((), ())]


def test_a_home_has_no_opening_hours() -> None:
    with pytest.raises(Refused) as refusal:
        decide(KNOWN[YARD], SetShopHours(YARD, WEEK, ()), KNOWN)
    assert refusal.value.code == "hours_of_shops_only"
