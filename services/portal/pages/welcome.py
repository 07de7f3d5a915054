"""Asking the people of a building in: the sheet for its hall, and the page to which the sheet's code leads."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import alliances, places
from services.portal.board import Alliance
from services.portal.door import PageRoute
from services.portal.page import OwnPage, ThePage
from services.portal.pictures import code_of
from services.portal.rendering import sentence
from shared.errors import NotFound
from shared.texts import LANGUAGES

router = APIRouter(route_class=PageRoute)

SAID = ("invite_heading", "home_lead", "invite_join", "invite_privacy", "right_voluntary", "right_free")
"""What stands on the sheet, once in each language."""


@router.get("/posters/{place_id}/invitation")
async def sheet(page: OwnPage, place_id: UUID) -> Response:
    """One for each hall, in both languages: nobody who passes by has chosen one yet."""
    name, alliance = await places.named(page, place_id), await alliances.own(page)
    if name is None or alliance is None:
        raise NotFound
    address = f"{page.settings.public_url}/welcome/{alliance.id}?place={place_id}"
    said = {language: [sentence(code, language, plain=False) for code in SAID] for language in LANGUAGES}
    return page.html(
        "invitation.html",
        name=name,
        alliance=alliance,
        said=said,
        address=address,
        picture=code_of(address),
    )


@router.get("/welcome/{id}")
async def welcome(page: ThePage, id: UUID, place: UUID | None = None) -> Response:
    """What the alliance is, how somebody joins it, and what can be done without joining; `place` is where it hangs."""
    alliance = Alliance.model_validate(await page.get("alliance", f"/v1/alliances/{id}"))
    return page.html("welcome.html", alliance=alliance, place=place)
