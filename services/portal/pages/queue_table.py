"""The desk as a table to take along: every matter that is looked for, written while it is read."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from services.portal import categories, places
from services.portal.answers import Queue, QueueLine
from services.portal.categories import Labels
from services.portal.door import PageRoute
from services.portal.page import OwnPage, Page
from services.portal.pages.queue import FILTERS
from shared.sheets import plain

router = APIRouter(route_class=PageRoute)

HEADS = (
    "reference",
    "sheet_kind",
    "sheet_place",
    "sheet_stage",
    "sheet_status",
    "in_tier",
    "filed_on",
    "next_word",
    "sheet_late",
)
"""What stands in each column."""

AT_ONCE = "100"
LINES = "X-Lines"
"""How many lines there will be, for the bar that shows how far it is."""


@router.get("/queue/table.csv")
async def table(page: OwnPage) -> Response:
    """By what the desk is filtered by now; who complains stands nowhere in it."""
    asked = page.request.query_params
    chosen = {name: asked[name] for name in FILTERS if asked.get(name)}
    first = Queue.model_validate(await page.get("complaints", "/v1/queue", **chosen, limit=AT_ONCE))
    names = {str(one.id): one.name for one in await places.all_of(page)}
    labels = await categories.labels(page)
    headers = {"Content-Disposition": f'attachment; filename="shangju-queue-{page.today}.csv"'}
    if first.found is not None:
        headers[LINES] = str(first.found + 1)
    written = _written(page, first, chosen, names, labels)
    return StreamingResponse(written, media_type="text/csv; charset=utf-8", headers=headers)


async def _written(
    page: Page, first: Queue, chosen: Mapping[str, str], names: Mapping[str, str], labels: Labels
) -> AsyncIterator[str]:
    """With a byte order mark, for the Chinese; then page after page."""
    yield "\ufeff" + _row([page.say(head) for head in HEADS])
    found = first
    while True:
        yield "".join(_row(_cells(page, line, names, labels)) for line in found.items)
        if found.next_cursor is None:
            return
        more = await page.get("complaints", "/v1/queue", **chosen, cursor=found.next_cursor, limit=AT_ONCE)
        found = Queue.model_validate(more)


def _cells(page: Page, line: QueueLine, names: Mapping[str, str], labels: Labels) -> list[str]:
    late = max((clock.late_days for clock in line.clocks), default=0)
    return [
        line.reference,
        labels.sub(line.subcategory),
        names.get(str(line.place_id), ""),
        page.word("stage_short", line.stage),
        page.word("status", line.status),
        page.word("opt_tier", line.tier),
        line.filed_on.isoformat(),
        line.due.isoformat() if line.due else "",
        str(late or ""),
    ]


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([plain(one) for one in cells])
    return out.getvalue()
