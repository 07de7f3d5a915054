"""Members of the alliance to choose from, as far as this person may know of them."""

from __future__ import annotations

from uuid import UUID

from services.portal.gateway import Problem
from services.portal.page import Page

Option = tuple[str, str]


async def listed(page: Page, **query: str) -> list[Option]:
    """Id and name of each; for whom the list is not, it is empty."""
    try:
        answer = await page.get_if_there("alliance", "/v1/members", **query)
    except Problem:
        return []
    return [(one["id"], one["display_name"]) for one in answer["items"]] if answer else []


async def of_place(page: Page, place_id: UUID | None) -> list[Option]:
    """Those who live or trade there."""
    return await listed(page, place_id=str(place_id)) if place_id else []


async def living_in(page: Page, building_id: UUID) -> list[Option]:
    """The neighbours of a building, to its captain."""
    return await listed(page, building_id=str(building_id), limit="200")


async def to_help(page: Page) -> list[Option]:
    """Whom this person may file for: anybody for the committee, the neighbours of their building for a captain."""
    if "coordinator" in page.session.roles:
        return await listed(page, limit="200")
    if "building_captain" not in page.session.roles:
        return []
    me = await page.get_if_there("alliance", "/v1/me")
    own = [one["place_id"] for one in me["grants"] if one["role"] == "building_captain"] if me else []
    return [one for place in own if place for one in await living_in(page, UUID(place))]
