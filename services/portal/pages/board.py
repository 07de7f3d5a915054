"""The public board: what became of all complaints together, for everybody, without signing in."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal import board, categories
from services.portal.answers import Answer
from services.portal.board import Alliance, Board, OpenSession
from services.portal.door import PageRoute
from services.portal.page import ThePage
from services.portal.pages import covenants

router = APIRouter(route_class=PageRoute)

Words = Annotated[str, Query(max_length=40)]


class Alliances(Answer):
    """A page of them."""

    items: tuple[Alliance, ...]
    next_cursor: str | None


@router.get("/board")
async def choose(page: ThePage, q: Words = "", cursor: str | None = None) -> Response:
    """The own alliance's board, or the only one; else whichever is chosen."""
    if page.session.tokens is not None and not q:
        return page.go(f"/board/{page.session.tokens.alliance}")
    answer = await page.get("alliance", "/v1/alliances", q=q.strip() or None, cursor=cursor)
    found = Alliances.model_validate(answer)
    if len(found.items) == 1 and not q and cursor is None:
        return page.go(f"/board/{found.items[0].id}")
    return page.html("boards.html", found=found, q=q)


@router.get("/board/{id}")
async def show(page: ThePage, id: UUID) -> Response:
    """One alliance's figures of the last twelve months, its covenants, and the sessions to come to."""
    alliance = Alliance.model_validate(await page.get("alliance", f"/v1/alliances/{id}"))
    answer, sessions, listed = await asyncio.gather(
        page.get_if_there("complaints", f"/v1/board/{id}"),
        page.get_if_there("mediation", f"/v1/open-sessions/{id}"),
        page.get_if_there("alliance", f"/v1/alliances/{id}/covenants"),
    )
    adopted = covenants.all_in(listed)
    figures = Board.model_validate(answer) if answer else None
    labels = await categories.labels(page)
    blocks = {str(block.id): block.name for block in alliance.blocks}
    tables = figures and [
        board.table("month", figures.months, str),
        board.table("category", figures.categories, labels.category),
        board.table("block", figures.blocks, lambda key: blocks.get(key) or page.say("board_no_block")),
    ]
    return page.html(
        "board.html",
        alliance=alliance,
        figures=figures,
        sessions=[OpenSession.model_validate(one) for one in sessions["items"]] if sessions else [],
        covenants=[one for one in adopted if one.standing != "ended"],
        covenants_ended=[one for one in adopted if one.standing == "ended"],
        labels=labels,
        tables=tables or [],
        bars=board.bars(figures) if figures else [],
        pitch=board.BAR_PITCH,
        height=board.CHART_HEIGHT,
        bar_width=board.BAR_WIDTH,
    )
