"""The block as a drawing: the back lane above, the houses with their shops on the front street below. Pure.

Nothing is measured: houses stand in the order of their addresses, those with shops on the street, the others behind.
All lengths are units of the drawing, which is as wide as the page; `abreast` houses share that width, so that each is
large enough to be touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from services.portal.answers import Place

ABREAST, ABREAST_IN_LARGE_TYPE = 5, 3
PLOT = 60.0
HOUSE_WIDTH = 3 * PLOT
HOUSE_HEIGHT, SHOPS_HEIGHT, STREET_HEIGHT, DOOR_HEIGHT = 54.0, 16.0, 26.0, 52.0

_IN_STREET = re.compile(r"^(?P<street>\D+?)(?P<number>\d+)号")
_FLAT = re.compile(r"(?P<floor>\d+)\d{2}")


@dataclass(frozen=True)
class Plot:
    """One house, or one door of a house, where it is drawn."""

    id: UUID
    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    shops: str = ""
    """The first and last number over its shop fronts."""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Street:
    """A street or lane along a row of houses."""

    name: str
    y: float
    height: float = STREET_HEIGHT


@dataclass(frozen=True)
class Plan:
    """What is drawn, under the name of the block or house."""

    id: UUID
    name: str
    width: float
    height: float
    plots: tuple[Plot, ...]
    streets: tuple[Street, ...] = ()


def block_plan(block: Place, places: Sequence[Place], *, abreast: int) -> Plan:
    """The houses of a block: in rows of so many, behind along the lane, in front along the street."""
    shops = {id: [*ones] for id, ones in _by_building([one for one in places if one.kind == "shop"])}
    houses = [one for one in places if one.kind == "building"]
    behind = [one for one in houses if one.id not in shops]
    front = [one for one in houses if one.id in shops]
    plots: list[Plot] = []
    streets: list[Street] = []
    y = 0.0
    for row in _rows(behind, abreast):
        plots += _in_row(row, y, block.name, {})
        streets.append(Street(block.name, y + HOUSE_HEIGHT))
        y += HOUSE_HEIGHT + STREET_HEIGHT
    for row in _rows(front, abreast):
        plots += _in_row(row, y, block.name, {one.id: _numbers(shops[one.id]) for one in row})
        streets.append(Street(_street(shops[row[0].id]), y + HOUSE_HEIGHT + SHOPS_HEIGHT))
        y += HOUSE_HEIGHT + SHOPS_HEIGHT + STREET_HEIGHT
    return Plan(block.id, block.name, PLOT * abreast, y, tuple(plots), tuple(streets))


def house_plan(building: Place, places: Sequence[Place], *, abreast: int) -> Plan:
    """The doors of a house: the flats floor by floor from the top, the shops on the ground."""
    inside = [one for one in places if one.building_id == building.id]
    flats = sorted((one for one in inside if one.kind == "unit"), key=lambda one: -_floor(one, building))
    shops = [one for one in inside if one.kind == "shop"]
    floors = [
        row
        for _, floor in groupby(flats, key=lambda one: _floor(one, building))
        for row in _rows([*floor], abreast)
    ]
    rows = [*floors, *([shop] for shop in shops)]
    plots = [door for level, row in enumerate(rows) for door in _doors(row, level, building)]
    return Plan(building.id, building.name, HOUSE_WIDTH, DOOR_HEIGHT * len(rows), tuple(plots))


def _by_building(shops: Sequence[Place]) -> Iterator[tuple[UUID, Iterator[Place]]]:
    housed = sorted((one for one in shops if one.building_id), key=lambda one: str(one.building_id))
    for id, ones in groupby(housed, key=lambda one: one.building_id):
        if id is not None:
            yield id, ones


def _rows(places: Sequence[Place], most: int) -> list[Sequence[Place]]:
    return [places[start : start + most] for start in range(0, len(places), most)]


def _in_row(row: Sequence[Place], y: float, block: str, shops: dict[UUID, str]) -> list[Plot]:
    return [
        Plot(
            one.id,
            one.name,
            one.name.removeprefix(block),
            number * PLOT + 1,
            y,
            PLOT - 2,
            HOUSE_HEIGHT + (SHOPS_HEIGHT if shops else 0),
            shops.get(one.id, ""),
        )
        for number, one in enumerate(row)
    ]


def _doors(row: Sequence[Place], level: int, building: Place) -> list[Plot]:
    own, y = HOUSE_WIDTH / len(row), level * DOOR_HEIGHT + 1
    return [
        Plot(one.id, one.name, _inner(one, building), number * own + 1, y, own - 2, DOOR_HEIGHT - 2)
        for number, one in enumerate(row)
    ]


def _inner(place: Place, building: Place) -> str:
    """The door as it is called in the house: 301 of 118弄6号301, 116号 夜猫小酒馆 of a shop."""
    in_street = _IN_STREET.match(place.name)
    if place.kind == "shop" and in_street:
        return place.name.removeprefix(in_street["street"])
    return place.name.removeprefix(building.name)


def _floor(flat: Place, building: Place) -> int:
    numbered = _FLAT.match(_inner(flat, building))
    return int(numbered["floor"]) if numbered else 0


def _street(shops: Sequence[Place]) -> str:
    return next((found["street"] for shop in shops if (found := _IN_STREET.match(shop.name))), "")


def _numbers(shops: Sequence[Place]) -> str:
    numbers = sorted(int(found["number"]) for shop in shops if (found := _IN_STREET.match(shop.name)))
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else "".join(map(str, numbers))
