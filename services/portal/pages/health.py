"""How the blocks are: trends by month, where it happens again and again, and how well matters end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import board, categories, keeping, places
from services.portal.answers import Answer, Place
from services.portal.board import Bar, Figures, Group, Table
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page

router = APIRouter(route_class=PageRoute)

MOST = 10
"""How many of the worst are shown of buildings and places."""


class Period(Answer):
    """The figures of a period by one dimension."""

    since: date
    until: date
    total: Figures | None
    groups: tuple[Group, ...]


@router.get("/health")
async def health(
    page: OwnPage, block: UUID | None = None, since: date | None = None, until: date | None = None
) -> Response:
    """One block or all of them, over the last year or a period."""
    keeping.require_staff(page)
    asked = {
        "block_id": str(block) if block else None,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }
    by_month, by_category, by_building, by_place = await asyncio.gather(
        *(_figures(page, by, asked) for by in ("month", "category", "building", "place"))
    )
    blocks, names = await _known(page)
    labels = await categories.labels(page)
    here = [(_named(names, group.key, page), group.figures) for group in by_place.groups]
    return page.html(
        "health.html",
        period=by_month,
        block=block,
        blocks=blocks,
        since=since,
        until=until,
        months=board.table("month", by_month.groups, str),
        month_bars=board.month_bars(by_month.groups, by_month.since, by_month.until),
        categories=board.table("category", by_category.groups, labels.category),
        hot=[
            _ranked("building", _pairs(by_building, lambda key: _named(names, key, page))),
            _ranked("street", board.by_street(here)),
        ],
        again=[(name, figures) for name, figures in _sorted(here) if figures and figures.cases > 1][:MOST],
        pitch=board.BAR_PITCH,
        height=board.CHART_HEIGHT,
        bar_width=board.BAR_WIDTH,
    )


async def _figures(page: Page, by: str, asked: dict[str, str | None]) -> Period:
    return Period.model_validate(await page.get("complaints", "/v1/figures", by=by, **asked))


async def _known(page: Page) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The blocks to choose from, and every place by its name."""
    every: list[Place] = await places.all_of(page)
    blocks = [(str(one.id), one.name) for one in every if one.kind == "block"]
    return blocks, {str(one.id): one.name for one in every}


def _named(names: dict[str, str], key: str, page: Page) -> str:
    return names.get(key) or page.say("board_no_block")


Named = Sequence[tuple[str, Figures | None]]


def _pairs(period: Period, name: Callable[[str], str]) -> Named:
    return [(name(group.key), group.figures) for group in period.groups]


def _sorted(rows: Named) -> list[tuple[str, Figures | None]]:
    return sorted(rows, key=lambda row: (-(row[1].cases if row[1] else 0), row[0]))


def _ranked(by: str, rows: Named) -> tuple[Table, list[Bar]]:
    """The worst first, numbered, so that the bar's number leads to its row."""
    worst = _sorted(rows)[:MOST]
    numbered = [(f"{number}. {name}", figures) for number, (name, figures) in enumerate(worst, 1)]
    heights = [
        (str(number), figures.cases if figures else None) for number, (_, figures) in enumerate(worst, 1)
    ]
    return Table(by, numbered), board.bars_of(heights)
