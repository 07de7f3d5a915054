"""What changes on a page that stays open: how much is unread, word to look at the inbox again, news of a case.

A browser without scripts never asks here; where streams do not get through, the page asks once a minute.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.portal.answers import Case, Step
from services.portal.door import PageRoute
from services.portal.gateway import Away, Problem, StreamEvent
from services.portal.page import Page, SignInNeeded, ThePage
from services.portal.pages.inbox import notices
from shared.access.streams import as_long_as

router = APIRouter(route_class=PageRoute)

SeenLast = Annotated[str | None, Header(max_length=64)]
Count = Annotated[int, Query(ge=0)]


@router.get("/inbox/live", response_class=EventSourceResponse)
async def live(page: ThePage, last_event_id: SeenLast = None) -> AsyncIterator[ServerSentEvent]:
    """For the script in the page's header: first the count, then `inbox`, on which the page of the inbox renews itself.

    Whoever signs out in another window is told that it is over.
    """
    async for event in as_long_as(page.serves, _changes(page, last_event_id)):
        await page.visitor.arrive()
        if not page.session.signed_in:
            break
        yield ServerSentEvent(raw_data=_count(page, event.data["unread"]), id=event.id)
        yield ServerSentEvent(event="inbox", raw_data=str(event.data["unread"]))
    if not page.session.signed_in:
        yield ServerSentEvent(event="over", raw_data="signed_out")


@router.get("/inbox/unread")
async def unread(page: ThePage) -> Response:
    """The same count for who asks now and then."""

    async def count() -> Response:
        answer = await page.get("notifications", "/v1/inbox", limit="1")
        return page.html("unread.html", count=answer["unread"])

    return await _or_nothing(page, count)


@router.get("/inbox/notices")
async def renewed(page: ThePage) -> Response:
    """The notices as they are now, into the page of the inbox."""

    async def list_of_them() -> Response:
        return page.html("notices.html", **await notices(page))

    return await _or_nothing(page, list_of_them)


@router.get("/cases/{id}/news")
async def news(page: ThePage, id: UUID, seen: Count) -> Response:
    """What came after the `seen` steps that a case's page was made with, and its timeline anew."""

    async def since() -> Response:
        answer = await page.get("complaints", f"/v1/cases/{id}/history")
        history = [Step.model_validate(one) for one in answer["items"]]
        fresh = history[seen:]
        if not fresh:
            return Response(status_code=204)
        case = Case.model_validate(await page.get("complaints", f"/v1/cases/{id}"))
        return page.html("news.html", case=case, history=history, fresh=fresh)

    return await _or_nothing(page, since)


async def _or_nothing(page: Page, answer: Callable[[], Awaitable[Response]]) -> Response:
    """What stands on the page stays there when whoever reads it has signed out, or a service is away."""
    nothing = Response(status_code=204)
    try:
        return await answer() if page.session.signed_in else nothing
    except (Away, Problem, SignInNeeded):
        return nothing


async def _changes(page: Page, seen: str | None) -> AsyncGenerator[StreamEvent, None]:
    """Ends when the service ends it or is away; the browser comes again, and later each time."""
    if not page.session.signed_in:
        return
    try:
        async for event in page.listen("notifications", "/v1/inbox/stream", seen=seen):
            yield event
    except (Away, Problem, SignInNeeded):
        return


def _count(page: Page, count: int) -> str:
    return bytes(page.html("unread.html", count=count).body).decode().strip()
