"""The public board: an alliance's figures for everybody, as JSON and as CSV, without sign-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from services.complaints import views
from services.complaints.board import Board, Boards
from services.complaints.figures import PublicDimension
from services.complaints.views.figures import BoardPage
from shared.access.door import CurrentLanguage, TheKit


@asynccontextmanager
async def _with_boards(app: FastAPI) -> AsyncIterator[None]:
    app.state.boards = Boards()
    yield


router = APIRouter(lifespan=_with_boards)


async def _board(alliance_id: UUID, request: Request, kit: TheKit) -> Board:
    boards: Boards = request.app.state.boards
    return await boards.of(alliance_id, kit.database, kit.clock.now())


TheBoard = Annotated[Board, Depends(_board)]


@router.get("/v1/board/{alliance_id}")
async def show_board(board: TheBoard) -> BoardPage:
    """The last twelve months: how many cases, how many open, the three rates, and how many promises were kept."""
    return views.board_page(board)


@router.get("/v1/board/{alliance_id}/table.csv", response_class=Response)
async def download_board(
    board: TheBoard, language: CurrentLanguage, by: PublicDimension = "month"
) -> Response:
    """The same as a table, by month, category or block."""
    page = views.public_page(board, by)
    name = f"shangju-board-{page.since}-{page.until}-{by}.csv"
    return Response(
        views.figure_table(page, language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
