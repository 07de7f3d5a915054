"""Every component of the pages, once, with made-up contents: to look at, and to hold new pages against."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import board
from services.portal.answers import CaseLine, Choice, Place, Question, Result, Step
from services.portal.attached import Attached
from services.portal.board import BAR_WIDTH, CHART_HEIGHT, Figures, Group, Rate
from services.portal.categories import labels
from services.portal.door import PageRoute
from services.portal.forms import Form
from services.portal.page import Page, ThePage
from services.portal.plan import ABREAST, ABREAST_IN_LARGE_TYPE, Plan, block_plan
from services.portal.steps import LANGUAGES, days_ahead
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
PICTURES = ("noise", "fire_safety", "sanitation", "other")


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
        results=[Result(on=page.today, text=page.say("stage_act"))],
        pictures=PICTURES,
        languages=[(code, page.say(f"opt_languages_{code}")) for code in LANGUAGES],
        free=[f"{days_ahead(page.today)[2]}/afternoon"],
        questions=_questions(page),
        history=[
            _step(page.say("stage_hear"), "coordinator", page.now - timedelta(days=2)),
            _step(page.say("stage_deliberate"), "mediator", page.now),
        ],
        table=board.table("month", figures, str),
        attached=[Attached("", "photo", "IMG_1.jpg", 214_000, shows_minor=True)],
        figures=figures[0].figures,
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


def _questions(page: Page) -> list[Question]:
    """One of each way to ask."""
    label, answers = page.say("file_subcategory"), (Choice(code="a", label=page.say("yes")),)
    ways: tuple[tuple[str, dict[str, Any]], ...] = (
        ("choice", {"options": answers}),
        ("choice", {"options": answers, "multiple": True}),
        ("bool", {}),
        ("time_range", {}),
        ("number", {"unit": "dB"}),
    )
    return [
        Question(code=f"style_{at}", label=label, type=type, **more) for at, (type, more) in enumerate(ways)
    ]


def _figures() -> list[Group]:
    rate = Rate(value=0.86, met=6, counted=7)
    rates = {"responded": rate, "solved": rate, "satisfied": rate, "performed": rate}
    figures = Figures(cases=7, open=1, broken=2, restored=1, **rates)
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
