"""Members of the alliance to choose from, as far as this person may know of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from services.portal.answers import Occupant, Stay
from services.portal.forms import Mistakes
from services.portal.gateway import Away, Problem
from services.portal.numbers import number_in
from services.portal.page import Page

Option = tuple[str, str]


async def listed(page: Page, **query: str) -> list[Option]:
    """Id and name of each; for whom the list is not, it is empty."""
    try:
        answer = await page.get_if_there("alliance", "/v1/members", **query)
    except Problem:
        return []
    return [(one["id"], one["display_name"]) for one in answer["items"]] if answer else []


async def by_number(page: Page, typed: str, field: str) -> str:
    """The id of whoever has this number; what is none stays as it was typed. Raises Mistakes, Problem, Away."""
    number = number_in(typed)
    if number is None:
        return typed
    try:
        found = await page.get("alliance", f"/v1/members/numbers/{number}")
    except Problem as error:
        if error.status != 404:
            raise
        raise Mistakes(**{field: "number_wrong"}) from None
    return str(found["id"])


async def of_place(page: Page, place_id: UUID | None) -> list[Option]:
    """Those who live or trade there."""
    return await listed(page, place_id=str(place_id)) if place_id else []


async def living_in(page: Page, building_id: UUID) -> list[Option]:
    """The neighbours of a building, to its captain."""
    return await listed(page, building_id=str(building_id), limit="200")


async def to_help(page: Page) -> list[Option]:
    """Whom this person may file for: anybody for the committee, the neighbours of their building for a captain, and
    for everybody who lives with them.
    """
    if not page.session.signed_in:
        return []
    if "coordinator" in page.session.roles:
        return await listed(page, limit="200")
    try:
        me = await page.get_if_there("alliance", "/v1/me") or {}
    except Problem:
        return []
    at_home: list[Option] = []
    with suppress(Problem, Away):
        at_home = await _at_home(page, me)
    own = [one["place_id"] for one in me.get("grants", ()) if one["role"] == "building_captain"]
    neighbours = [one for place in own if place for one in await living_in(page, UUID(place))]
    return list(dict.fromkeys([*at_home, *neighbours]))


async def at_home(page: Page) -> list[Option]:
    """Whoever else lives where this person does. Raises Problem, Away."""
    return await _at_home(page, await page.get("alliance", "/v1/me"))


async def _at_home(page: Page, me: Mapping[str, Any]) -> list[Option]:
    stays = [Stay.model_validate(one) for one in me.get("occupancies", ())]
    homes = [
        one.place_id for one in stays if one.kind == "lives" and (one.until_day or page.today) >= page.today
    ]
    found = [await page.get("alliance", f"/v1/places/{home}/occupants") for home in homes]
    people = [Occupant.model_validate(one) for answer in found for one in answer["items"]]
    others = (one for one in people if one.kind == "lives" and str(one.member_id) != me["id"])
    return [(str(one.member_id), one.display_name) for one in others]
