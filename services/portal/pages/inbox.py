"""The inbox. Reading counts as being served, so opening is a deliberate act: a button, never a prefetched link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.answers import Notice
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD
from services.portal.page import OwnPage, Page, SentForm
from services.portal.pages.common import local_path
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

MOST_PAGES = 20


@router.get("/inbox")
async def inbox(page: OwnPage, cursor: str | None = None) -> Response:
    """What is unread first; a title tells enough to choose, the rest is behind the button."""
    return page.html("inbox.html", newest=cursor is None, **await notices(page, cursor))


@router.post("/inbox/{id}/open")
async def open_notice(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """Marks it as read and shows it."""
    await page.send("notifications", f"/v1/inbox/{id}/read", {}, key=form[KEY_FIELD])
    return page.go(f"/inbox/{id}")


@router.get("/inbox/{id}")
async def notice(page: OwnPage, id: UUID) -> Response:
    """One notice that was opened."""
    found = await _find(page, id)
    if found is None or found.read_at is None:
        raise NotFound
    return page.html("notice.html", notice=found, link=_inside(page, found.link))


async def notices(page: Page, cursor: str | None = None) -> dict[str, Any]:
    """What the template shows of one page of the inbox."""
    unread = [] if cursor else await _notices(page, unread="true", limit="100")
    answer = await page.get("notifications", "/v1/inbox", cursor=cursor)
    all_of_page = [Notice.model_validate(one) for one in answer["items"]]
    read = [one for one in all_of_page if one.read_at is not None]
    return {"unread": unread, "read": read, "more": answer["next_cursor"]}


async def _notices(page: Page, **query: str) -> list[Notice]:
    answer = await page.get("notifications", "/v1/inbox", **query)
    return [Notice.model_validate(one) for one in answer["items"]]


async def _find(page: Page, id: UUID) -> Notice | None:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        answer = await page.get("notifications", "/v1/inbox", cursor=cursor)
        notices = (Notice.model_validate(one) for one in answer["items"])
        found = next((one for one in notices if one.id == id), None)
        cursor = answer["next_cursor"]
        if found is not None or cursor is None:
            return found
    return None


def _inside(page: Page, link: str) -> str:
    """The notice's link as a path of ours; links elsewhere are not followed from here."""
    return local_path(link.removeprefix(page.settings.public_url))
