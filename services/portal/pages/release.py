"""Releasing a promise by personal link: the link is the proof of who says yes, so nobody has to sign in."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.portal.answers import Release
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD
from services.portal.gateway import Away, Problem
from services.portal.page import Page, Segment, SentForm, ThePage, Trouble

router = APIRouter(route_class=PageRoute)


@router.get("/release/{token}")
async def ask(page: ThePage, token: Segment) -> Response:
    """What was promised by somebody who has left."""
    return await _release_page(page, token)


@router.post("/release/{token}")
async def release(page: ThePage, token: Segment, form: SentForm) -> Response:
    """Takes the yes; saying it twice changes nothing."""
    try:
        await page.send("mediation", f"/v1/releases/{token}", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _release_page(page, token, page.trouble(error, form[KEY_FIELD]))
    return page.go(f"/release/{token}")


async def _release_page(page: Page, token: str, trouble: Trouble | None = None) -> Response:
    asked = Release.model_validate(await page.get("mediation", f"/v1/releases/{token}"))
    return page.form("release.html", trouble=trouble or Trouble(), token=token, release=asked)
