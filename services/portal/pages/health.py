"""How the blocks are: trends by month, where it happens again and again, and how well matters end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Literal, get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BeforeValidator

from services.portal import board, categories, keeping, places
from services.portal.answers import Answer, Place
from services.portal.board import Bar, Figures, Group, Table
from services.portal.categories import Labels
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page
from services.portal.sheets import sheet
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

READERS = keeping.STAFF | {"representative"}
"""Those who run the alliance, and the representatives (人大代表, 政协委员) whom the service shows the same figures."""

MOST = 10
"""How many of the worst are shown of buildings and places."""

Dimension = Literal["month", "block", "building", "street", "place", "category", "subcategory"]
"""By what the figures can be taken away as a table."""

_Empty = BeforeValidator(lambda typed: typed or None)
"""A field of the filter that was left as it is."""


@dataclass(frozen=True)
class Asked:
    """Which matters the figures are of."""

    block: UUID | None
    category: str | None
    since: date | None
    until: date | None

    @property
    def query(self) -> dict[str, str]:
        """As this page's own address says it."""
        said = {
            "block": self.block,
            "category": self.category,
            "since": self.since,
            "until": self.until,
        }
        return {name: str(value) for name, value in said.items() if value}

    async def figures(self, page: Page, by: str) -> Period:
        """The service's figures of them by one dimension; a street is made of its places."""
        query = {"block_id" if name == "block" else name: value for name, value in self.query.items()}
        asked = "place" if by == "street" else by
        return Period.model_validate(await page.get("complaints", "/v1/figures", by=asked, **query))


class Period(Answer):
    """The figures of a period by one dimension."""

    since: date
    until: date
    total: Figures | None
    groups: tuple[Group, ...]


async def _asked(
    block: Annotated[UUID | None, _Empty] = None,
    category: Annotated[str | None, _Empty] = None,
    since: Annotated[date | None, _Empty] = None,
    until: Annotated[date | None, _Empty] = None,
) -> Asked:
    return Asked(block, category, since, until)


ChosenFigures = Annotated[Asked, Depends(_asked)]


@router.get("/health")
async def health(page: OwnPage, asked: ChosenFigures) -> Response:
    """One block or all of them, one category or all, over the last year or a period."""
    _require_reader(page)
    kinds = "subcategory" if asked.category else "category"
    by_month, by_kind, by_building, by_place = await asyncio.gather(
        *(asked.figures(page, by) for by in ("month", kinds, "building", "place"))
    )
    blocks, names = await _known(page)
    labels = await categories.labels(page)
    here = _rows("place", by_place, names, labels, page)
    return page.html(
        "health.html",
        period=by_month,
        asked=asked,
        blocks=blocks,
        labels=labels,
        months=board.table("month", by_month.groups, str),
        month_bars=board.month_bars(by_month.groups, by_month.since, by_month.until),
        kinds=Table(kinds, list(_rows(kinds, by_kind, names, labels, page))),
        hot=[
            _ranked("building", _rows("building", by_building, names, labels, page)),
            _ranked("street", board.by_street(here)),
        ],
        again=[(name, figures) for name, figures in _sorted(here) if figures and figures.cases > 1][:MOST],
        sheets=[(by, urlencode({"by": by} | asked.query)) for by in get_args(Dimension)],
        pitch=board.BAR_PITCH,
        height=board.CHART_HEIGHT,
        bar_width=board.BAR_WIDTH,
    )


@router.get("/health/table.csv")
async def table(page: OwnPage, by: Dimension, asked: ChosenFigures) -> Response:
    """The same figures to take along, every group of them, and what was left out of each rate with the reason."""
    _require_reader(page)
    period = await asked.figures(page, by)
    _, names = await _known(page)
    rows = _rows(by, period, names, await categories.labels(page), page)
    written = sheet(
        by,
        board.by_street(rows) if by == "street" else rows,
        period.total,
        say=page.say,
        word=page.word,
    )
    name = f"shangju-{by}-{period.since}-{period.until}.csv"
    return Response(
        written,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _require_reader(page: Page) -> None:
    """Raises NotFound."""
    if not page.session.roles & READERS:
        raise NotFound


async def _known(page: Page) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The blocks to choose from, and every place by its name."""
    every: list[Place] = await places.all_of(page)
    blocks = [(str(one.id), one.name) for one in every if one.kind == "block"]
    return blocks, {str(one.id): one.name for one in every}


def _named(names: dict[str, str], key: str, page: Page) -> str:
    return names.get(key) or page.say("board_no_block")


Named = Sequence[tuple[str, Figures | None]]


def _rows(by: str, period: Period, names: dict[str, str], labels: Labels, page: Page) -> Named:
    """Each group under its name."""
    said: dict[str, Callable[[str], str]] = {
        "month": str,
        "category": labels.category,
        "subcategory": labels.sub,
    }
    name = said.get(by, partial(_named, names, page=page))
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
