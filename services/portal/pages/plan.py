"""The block plan: to say where something is by pointing at it, and for the coordinator to see where it gathers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories, places
from services.portal.answers import Answer
from services.portal.board import Group
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page
from services.portal.plan import ABREAST, ABREAST_IN_LARGE_TYPE, Plan, block_plan, house_plan
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

LOOKED_BACK = timedelta(days=364)
HEATS = 4
"""How many shades tell few from many, the lightest of them for none."""


class ByBuilding(Answer):
    """The figures of each building."""

    groups: tuple[Group, ...]


@router.get("/plan")
async def plan(page: OwnPage) -> Response:
    """Which house it is; what was typed of the matter waits as its draft."""
    return page.html("plan.html", plans=await _blocks(page))


@router.get("/plan/{building_id}")
async def house(page: OwnPage, building_id: UUID) -> Response:
    """Which flat or shop of the house; or the house itself, its stairs or its yard."""
    building = await places.place(page, building_id)
    if building is None or building.kind != "building":
        raise NotFound
    inside = await places.inside(page, building)
    return page.html("plan_house.html", plan=house_plan(building, inside, abreast=_abreast(page)))


@router.get("/hotspots")
async def hotspots(page: OwnPage, category: str = "") -> Response:
    """Where the matters of the last year lie, on the same plan. Also a single one: this is for the committee alone."""
    if "coordinator" not in page.session.roles:
        raise NotFound
    since = (page.today - LOOKED_BACK).isoformat()
    answer = await page.get(
        "complaints", "/v1/figures", by="building", since=since, category=category or None
    )
    known = {group.key: group.figures for group in ByBuilding.model_validate(answer).groups if group.figures}
    counts = {UUID(key): figures for key, figures in known.items() if key}
    most = max((figures.cases for figures in counts.values()), default=0)
    return page.html(
        "hotspots.html",
        plans=await _blocks(page),
        counts=counts,
        heats={id: heat(figures.cases, most) for id, figures in counts.items()},
        nowhere=known.get(""),
        categories=(await categories.labels(page)).choices.categories,
        chosen=category,
    )


def heat(cases: int, most: int) -> int:
    """The shade of a house: 0 for none, the darkest for the one with most."""
    return -(-cases * (HEATS - 1) // most) if most else 0


def _abreast(page: Page) -> int:
    return ABREAST_IN_LARGE_TYPE if page.type_size else ABREAST


async def _blocks(page: Page) -> list[Plan]:
    every = await places.all_of(page)
    return [
        block_plan(block, [one for one in every if one.block_id == block.id], abreast=_abreast(page))
        for block in every
        if block.kind == "block"
    ]
