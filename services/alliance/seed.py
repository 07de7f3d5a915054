"""The 山北 demonstration neighbourhood, registered through the same use cases as any other.

Ids are made from names, so that tests can say whom they mean and a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_DNS, UUID, uuid5

from services.alliance import neighbourhood as town
from services.alliance.commands import (
    Command,
    CovenantCommand,
    DeclareKin,
    Neighbour,
    NewOccupancy,
    RegisterCovenant,
    RegisterMember,
    RegisterPlace,
)
from services.alliance.events import OccupancyKind
from services.alliance.storage.register import ids_in
from services.alliance.use_cases.covenants import keep_covenant
from services.alliance.use_cases.register import found_alliance, handle
from shared.access.actor import SYSTEM, Grant
from shared.persistence.database import Database

_NAMESPACE = uuid5(NAMESPACE_DNS, "shanbei.example")


def id_of(name: str) -> UUID:
    """The id of a place by its address (`118弄6号301`, `山北路116号`), of a member by their contact."""
    return uuid5(_NAMESPACE, name)


ALLIANCE_ID = id_of("alliance")


@dataclass(frozen=True)
class SignIn:
    """Somebody to sign in as."""

    role: str
    display_name: str
    contact: str
    member_id: UUID


@dataclass(frozen=True)
class Seeded:
    """`added` counts what was not there before: 0 the second time."""

    alliance_id: UUID
    added: int
    sign_ins: tuple[SignIn, ...]


async def seed(database: Database, now: datetime) -> Seeded:
    """Registers what is missing of 山北, all of it or nothing."""
    async with database.transaction() as tx:
        await found_alliance(tx, ALLIANCE_ID, town.ALLIANCE, now)
        there = await ids_in(tx, ALLIANCE_ID)
        missing = [command for subject, command in _everything() if subject not in there]
        for command in missing:
            if isinstance(command, CovenantCommand):
                await keep_covenant(tx, command, SYSTEM, now)
            else:
                await handle(tx, command, SYSTEM, now)
    return Seeded(ALLIANCE_ID, len(missing), tuple(_sign_ins()))


def _everything() -> Iterator[tuple[UUID, Command | CovenantCommand]]:
    """Each command with the place, member or covenant it registers, in an order in which each finds what it names."""
    for place in (*_blocks(), *_shops(), *_units(), *_rooms()):
        yield place.place_id, place
    for member in (*_cast(), *_merchants(), *_residents()):
        yield member.member_id, member
    for kin in _families():
        yield kin.member_id, kin
    covenant_id = id_of("公约")
    yield covenant_id, RegisterCovenant(covenant_id, ALLIANCE_ID, town.COVENANT)


def _blocks() -> Iterator[RegisterPlace]:
    for block in town.BLOCKS:
        yield RegisterPlace(id_of(block), ALLIANCE_ID, "block", block)
    for building, block in _buildings():
        yield RegisterPlace(id_of(building), ALLIANCE_ID, "building", building, id_of(block))


def _buildings() -> list[tuple[str, str]]:
    return [
        (f"{block}{number}号", block)
        for block, count in town.BLOCKS.items()
        for number in range(1, count + 1)
    ]


def _shops() -> Iterator[RegisterPlace]:
    for shop in town.SHOPS:
        adjacent = tuple(Neighbour(id_of(name), kind, metres) for name, kind, metres in town.beside(shop))
        place_id, building_id = _shop_id(shop), id_of(shop.building)
        yield RegisterPlace(place_id, ALLIANCE_ID, "shop", shop.place, building_id, shop.trade, adjacent)


def _shop_id(shop: town.Shop) -> UUID:
    return id_of(f"山北路{shop.number}号")


def _units() -> Iterator[RegisterPlace]:
    for unit, building in _flats():
        yield RegisterPlace(id_of(unit), ALLIANCE_ID, "unit", unit, id_of(building))


def _flats() -> list[tuple[str, str]]:
    return [(f"{building}{flat}", building) for building, _ in _buildings() for flat in town.FLATS]


def _rooms() -> Iterator[RegisterPlace]:
    for room, building in town.ROOMS.items():
        yield RegisterPlace(id_of(room), ALLIANCE_ID, "room", room, id_of(building))


def _cast() -> Iterator[RegisterMember]:
    for person in town.CAST:
        captaincies = [Grant("building_captain", id_of(person.captain_of))] if person.captain_of else []
        grants = (*captaincies, *(Grant(role) for role in person.roles))
        yield _member(person.name, person.contact, grants, person.home, "lives")


def _merchants() -> Iterator[RegisterMember]:
    for shop in town.SHOPS:
        yield _member(shop.owner, shop.contact, (Grant("merchant"),), f"山北路{shop.number}号", "trades")


def _residents() -> Iterator[RegisterMember]:
    taken = {person.home for person in town.CAST}
    for index, (unit, _) in enumerate(_flats()):
        if unit in taken:
            continue
        names = town.STORY_RESIDENTS.get(unit, (town.invented_name(index),))
        for name, contact in zip(names, _contacts(unit), strict=False):
            yield _member(name, contact, (Grant("resident"),), unit, "lives")


def _contacts(unit: str) -> tuple[str, str]:
    """Of the first and the second who live in a flat: `118-3-402@…` and `118-3-402-2@…`."""
    door = unit.replace("弄", "-").replace("号", "-")
    return f"{door}@shanbei.example", f"{door}-2@shanbei.example"


def _member(
    name: str, contact: str, grants: tuple[Grant, ...], place: str | None, kind: OccupancyKind
) -> RegisterMember:
    occupancies = (
        (NewOccupancy(id_of(f"{contact} {kind} {place}"), id_of(place), kind, town.SINCE),) if place else ()
    )
    email = None if name in town.WITHOUT_CONTACT else contact
    return RegisterMember(id_of(contact), ALLIANCE_ID, name, email, grants=grants, occupancies=occupancies)


def _families() -> Iterator[DeclareKin]:
    for unit, names in town.STORY_RESIDENTS.items():
        if len(names) == 2:
            first, second = _contacts(unit)
            yield DeclareKin(id_of(first), id_of(second))


def _sign_ins() -> Iterator[SignIn]:
    owner = next(shop for shop in town.SHOPS if shop.owner == "马腾")
    people = [(person.roles[0], person.name, person.contact) for person in town.CAST]
    for role, name, contact in [*people, ("merchant", owner.owner, owner.contact)]:
        yield SignIn(role, name, contact, id_of(contact))
