"""What a place may become: 一楼一档, block over building over unit, shop and room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.alliance.commands import (
    ChangePlace,
    DeclareAdjacency,
    Neighbour,
    PlaceCommand,
    RegisterPlace,
    SetShopHours,
)
from services.alliance.events import (
    AdjacencyDeclared,
    AdjacencyKind,
    BusyHours,
    OpenHours,
    PlaceChanged,
    PlaceEvent,
    PlaceKind,
    PlaceRegistered,
    ShopHoursSet,
)
from shared.errors import Invalid, NotFound, Refused


@dataclass(frozen=True)
class Unregistered:
    """Not in the register yet."""


@dataclass(frozen=True)
class Adjacency:
    place_id: UUID
    kind: AdjacencyKind
    distance_m: float


@dataclass(frozen=True)
class Place:
    kind: PlaceKind
    name: str
    block_id: UUID | None = None
    building_id: UUID | None = None
    parent_id: UUID | None = None
    trade: str | None = None
    adjacent: tuple[Adjacency, ...] = ()
    weekly: tuple[OpenHours, ...] = ()
    """When a shop is open."""
    busy: tuple[BusyHours, ...] = ()


PlaceState = Unregistered | Place
Places = Mapping[UUID, Place]

PARENTS: Mapping[PlaceKind, frozenset[PlaceKind | None]] = {
    "block": frozenset({None}),
    "building": frozenset({"block"}),
    "unit": frozenset({"building"}),
    "shop": frozenset({"building", "block"}),
    "room": frozenset({"building", "block"}),
}
"""What each kind of place stands in. A shop in a building's ground floor is part of that building."""


def decide(state: PlaceState, command: PlaceCommand, known: Places) -> list[PlaceEvent]:
    """Events that follow from `command`; `known` are the places it speaks of, those that exist."""
    match state, command:
        case Unregistered(), RegisterPlace():
            return [_registered(command, known), *_neighbours(command, known)]
        case Place(), DeclareAdjacency():
            return _declared(state, command, known)
        case Place(), ChangePlace(_, name, trade):
            _require_trade_of_shop(state.kind, trade)
            event = PlaceChanged(name, trade)
            return [] if evolve(state, event) == state else [event]
        case Place(), SetShopHours(_, weekly, busy):
            if state.kind != "shop":
                raise Refused("hours_of_shops_only")
            hours = ShopHoursSet(weekly, busy)
            return [] if evolve(state, hours) == state else [hours]
        case Place(), RegisterPlace():
            raise Refused("already_registered")
        case _:
            raise NotFound


def _registered(command: RegisterPlace, known: Places) -> PlaceRegistered:
    parent = _parent(command, known)
    _require_trade_of_shop(command.kind, command.trade)
    block_id, building_id = _lineage(command, parent)
    return PlaceRegistered(
        command.kind, command.name, block_id, building_id, command.parent_id, command.trade
    )


def _require_trade_of_shop(kind: PlaceKind, trade: str | None) -> None:
    if trade is not None and kind != "shop":
        raise Invalid("/trade", "trade_of_shops_only")


def _parent(command: RegisterPlace, known: Places) -> Place | None:
    if command.parent_id is not None and command.parent_id not in known:
        raise Invalid("/parent_id", "unknown_place")
    parent = known[command.parent_id] if command.parent_id is not None else None
    if (parent and parent.kind) not in PARENTS[command.kind]:
        raise Invalid("/parent_id", "parent_does_not_fit")
    return parent


def _lineage(command: RegisterPlace, parent: Place | None) -> tuple[UUID | None, UUID | None]:
    """Block and building of a new place; a building is its own."""
    if parent is None:
        return None, None
    block_id = command.parent_id if parent.kind == "block" else parent.block_id
    return block_id, command.place_id if command.kind == "building" else parent.building_id


def _neighbours(command: RegisterPlace, known: Places) -> list[PlaceEvent]:
    for index, neighbour in enumerate(command.adjacent):
        if neighbour.place_id not in known:
            raise Invalid(f"/adjacent/{index}/place_id", "unknown_place")
    return [_adjacency(neighbour) for neighbour in dict.fromkeys(command.adjacent)]


def _declared(state: Place, command: DeclareAdjacency, known: Places) -> list[PlaceEvent]:
    neighbour = command.neighbour
    if neighbour.place_id not in known:
        raise Invalid("/place_id", "unknown_place")
    if neighbour.place_id == command.place_id:
        raise Invalid("/place_id", "not_beside_itself")
    event = _adjacency(neighbour)
    return [] if evolve(state, event) == state else [event]


def _adjacency(neighbour: Neighbour) -> AdjacencyDeclared:
    return AdjacencyDeclared(neighbour.place_id, neighbour.kind, neighbour.distance_m)


def evolve(state: PlaceState, event: PlaceEvent) -> PlaceState:
    """The place after `event`. Declared again, an adjacency takes the new distance."""
    match state, event:
        case _, PlaceRegistered(kind, name, block_id, building_id, parent_id, trade):
            return Place(kind, name, block_id, building_id, parent_id, trade)
        case Place(), PlaceChanged(name, trade):
            return replace(state, name=name, trade=trade)
        case Place(), ShopHoursSet(weekly, busy):
            return replace(state, weekly=weekly, busy=busy)
        case Place(), AdjacencyDeclared(place_id, kind, distance_m):
            others = [one for one in state.adjacent if (one.place_id, one.kind) != (place_id, kind)]
            declared = sorted(
                [*others, Adjacency(place_id, kind, distance_m)], key=lambda one: (one.kind, one.place_id.int)
            )
            return replace(state, adjacent=tuple(declared))
        case _:
            return state
