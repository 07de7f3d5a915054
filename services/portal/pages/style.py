"""Every component of the pages, once, with made-up contents: to look at, and to hold new pages against."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import board
from services.portal.answers import CaseLine, Place, Step
from services.portal.board import BAR_WIDTH, CHART_HEIGHT, Figures, Group, Rate
from services.portal.categories import labels
from services.portal.door import PageRoute
from services.portal.forms import Form
from services.portal.page import Page, ThePage
from services.portal.plan import ABREAST, ABREAST_IN_LARGE_TYPE, Plan, block_plan
from services.portal.waiting import Waiting

router = APIRouter(route_class=PageRoute)

COLOURS = (
    "paper",
    "sheet",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "accent",
    "accent-deep",
    "accent-soft",
    "danger",
    "danger-soft",
    "wait",
    "wait-soft",
    "heat-1",
    "heat-2",
    "heat-3",
)
STEPS, GAPS = ("3", "2", "1", "0", "small", "tiny"), ("1", "2", "3", "4", "5")
NOBODY = UUID(int=0)


@router.get("/style")
async def style(page: ThePage) -> Response:
    """Colours, type, spacing and components in the language and type of whoever looks."""
    figures = _figures()
    return page.html(
        "style.html",
        colours=COLOURS,
        steps=STEPS,
        gaps=GAPS,
        case=_case(page),
        waiting=Waiting("/cases", _case(page).reference, ("signature",), _case(page)),
        labels=await labels(page),
        history=[
            _step(page.say("stage_hear"), "coordinator", page.now - timedelta(days=2)),
            _step(page.say("stage_deliberate"), "mediator", page.now),
        ],
        table=board.table("month", figures, str),
        bars=[board.Bar(group.key[-2:], 7, number * 28.0 + 5, 0, 96) for number, group in enumerate(figures)],
        pitch=board.BAR_PITCH,
        height=CHART_HEIGHT,
        bar_width=BAR_WIDTH,
        plan=_plan(ABREAST_IN_LARGE_TYPE if page.type_size else ABREAST),
        typed=Form({"line": ["116"], "pick": ["b"]}),
    )


def _case(page: Page) -> CaseLine:
    return CaseLine(
        id=NOBODY,
        reference="SJ-2Y3F-8K7M-4",
        category="noise",
        subcategory="bar_music",
        stage="deliberate",
        status="mediating",
        due=page.today + timedelta(days=3),
    )


def _step(text: str, role: str, at: datetime) -> Step:
    return Step(type="case_filed", text=text, actor_role=role, at=at)


def _figures() -> list[Group]:
    rate = Rate(value=0.86, met=6, counted=7)
    figures = Figures(cases=7, open=1, responded=rate, solved=rate, satisfied=rate, performed=rate)
    return [Group(key="2026-03", figures=figures), Group(key="2026-04", figures=None)]


def _plan(abreast: int) -> Plan:
    block = Place(id=NOBODY, kind="block", name="118弄")
    houses = [
        Place(id=UUID(int=number), kind="building", name=f"118弄{number}号", block_id=NOBODY)
        for number in range(1, 5)
    ]
    shops = [
        Place(id=UUID(int=100 + number), kind="shop", name=f"山北路{number}号", building_id=UUID(int=house))
        for house, number in ((1, 100), (1, 104), (2, 106), (3, 112))
    ]
    return block_plan(block, [*houses, *shops], abreast=abreast)
