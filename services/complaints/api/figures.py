"""The committee's figures, as JSON and as CSV."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.complaints import policy, storage, views
from services.complaints.figures import Dimension
from services.complaints.use_cases.changing import alliance_of
from services.complaints.views.figures import FigurePage
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.clock import local_day
from shared.errors import Invalid, NotAllowed

router = APIRouter()

_LONGEST = timedelta(days=366 * 3)
_USUAL = timedelta(days=364)


async def _page(
    actor: CurrentActor,
    kit: TheKit,
    *,
    since: date | None = None,
    until: date | None = None,
    by: Dimension | None = None,
    category: str | None = None,
    block_id: UUID | None = None,
) -> FigurePage:
    """The period's figures; the last year where none is named. Raises Invalid for one that ends before it begins.

    A single place or block could point at somebody: they are for those who see small figures. Raises NotAllowed.
    """
    if (by == "place" or block_id is not None) and not policy.sees_small_figures(actor):
        raise NotAllowed
    now = kit.clock.now()
    last = until or local_day(now)
    first = since or last - _USUAL
    if not timedelta() <= last - first <= _LONGEST:
        raise Invalid("query/since", "period_wrong")
    async with kit.database.reading() as connection:
        cases = await storage.facts_of_cases(connection, alliance_of(actor), first, last, now)
    chosen = [
        case for case in cases if category in (None, case.category) and block_id in (None, case.block_id)
    ]
    return views.figure_page(chosen, first, last, by, shows_small=policy.sees_small_figures(actor))


ThePage = Annotated[FigurePage, Depends(_page)]


@router.get("/v1/figures")
async def show_figures(page: ThePage) -> FigurePage:
    """The three rates and the performance of agreements, over all and by one dimension."""
    return page


@router.get("/v1/figures.csv", response_class=Response)
async def download_figures(page: ThePage, language: CurrentLanguage) -> Response:
    """The same as a table."""
    name = f"shangju-figures-{page.since}-{page.until}.csv"
    return Response(
        views.figure_table(page, language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
