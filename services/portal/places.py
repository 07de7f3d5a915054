"""Choosing a place of the register: the building first, then the shop or flat in it."""

from __future__ import annotations

from uuid import UUID

from services.portal.answers import Place, PlaceFile
from services.portal.gateway import Problem
from services.portal.page import Page

MOST_PAGES = 10
MOST_WORDS = 40
"""Letters that the register looks for."""

INSIDE = frozenset({"unit", "shop"})


async def buildings(page: Page) -> list[Place]:
    """The buildings of the alliance. Whoever has not signed in belongs to none yet, and sees none."""
    return await _listed(page, kind="building") if page.session.signed_in else []


async def place(page: Page, id: UUID) -> Place | None:
    """One place, None for one that is not there or cannot be had."""
    try:
        answer = await page.get_if_there("alliance", f"/v1/places/{id}")
    except Problem:
        return None
    return Place.model_validate(answer) if answer else None


async def found(page: Page, known: list[Place], *, building: str, words: str) -> list[Place]:
    """The shops and flats of the building chosen, else the places whose name holds the words."""
    if not page.session.signed_in:
        return []
    chosen = next((place for place in known if str(place.id) == building), None)
    if chosen is not None:
        return await inside(page, chosen)
    return await _listed(page, q=words) if words else []


async def named(page: Page, place_id: UUID | None) -> str | None:
    """The place's name, or None while it cannot be had."""
    known = await place(page, place_id) if place_id else None
    return known.name if known else None


async def homes_around(page: Page, place_id: UUID | None) -> list[Place]:
    """The flats of the building that a place lies in; for whom they are not, none."""
    answer = await page.get_if_there("alliance", f"/v1/places/{place_id}") if place_id else None
    place = Place.model_validate(answer) if answer else None
    if place is None or place.building_id is None:
        return []
    around = await _listed(page, block_id=str(place.block_id) if place.block_id else None)
    return [one for one in around if one.building_id == place.building_id and one.kind == "unit"]


async def shops_in(page: Page, building_id: UUID) -> list[Place]:
    """The shops of a building."""
    building = Place.model_validate(await page.get("alliance", f"/v1/places/{building_id}"))
    return [place for place in await inside(page, building) if place.kind == "shop"]


async def all_of(page: Page) -> list[Place]:
    """Every place of the register, as far as so many pages reach."""
    return await _listed(page)


async def directly_in(page: Page, place: PlaceFile) -> list[Place]:
    """What stands in a block or building itself, in the order of the addresses."""
    match place.kind:
        case "block":
            around = await _listed(page, block_id=str(place.id))
            return [one for one in around if one.kind == "building" or one.building_id is None]
        case "building":
            around = await _listed(page, building_id=str(place.id))
            return [one for one in around if one.id != place.id]
        case _:
            return []


async def building_of(page: Page, place_id: UUID | None) -> UUID | None:
    """The building a place lies in, or is."""
    answer = await page.get_if_there("alliance", f"/v1/places/{place_id}") if place_id else None
    place = Place.model_validate(answer) if answer else None
    return place.building_id if place else None


async def inside(page: Page, building: Place) -> list[Place]:
    """The shops and flats of a building."""
    around = await _listed(page, building_id=str(building.id))
    return [place for place in around if place.building_id == building.id and place.kind in INSIDE]


async def called(page: Page, name: str) -> list[Place]:
    """The places with exactly this name. Raises Away, Problem."""
    holding = await _listed(page, partly=False, q=name[:MOST_WORDS])
    return [place for place in holding if place.name == name]


async def _listed(page: Page, *, partly: bool = True, **query: str | None) -> list[Place]:
    """As far as they can be had; or all of them, where `partly` would mislead."""
    ask = page.get_if_there if partly else page.get
    places: list[Place] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        answer = await ask("alliance", "/v1/places", cursor=cursor, limit="100", **query)
        if answer is None:
            break
        places += [Place.model_validate(one) for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    return places
