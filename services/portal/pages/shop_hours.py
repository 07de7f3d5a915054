"""When a shop is open and when it is busiest: for whoever trades there, and for those who keep the register."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import hours, receipts
from services.portal.answers import PlaceFile, Stay
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.keeping import STAFF
from services.portal.page import OwnPage, Page, SentForm
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)


@router.get("/shops/{id}/hours")
async def show(page: OwnPage, id: UUID) -> Response:
    """Times for a session are looked for outside these hours first."""
    shop = await own_shop(page, id)
    kept = Form(hours.week_of(shop.weekly) | hours.busy_of(shop.busy))
    return await _show(page, shop, page.draft_for(page.request.url.path) or kept)


@router.post("/shops/{id}/hours")
async def keep(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """What stands in the form is all there is: a row made empty is gone."""
    shop = await own_shop(page, id)
    try:
        body = {"weekly": hours.week_in(form), "busy": hours.busy_in(form)}
        await page.send("alliance", f"/v1/places/{id}/hours", body, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _show(page, shop, form, error)
    await receipts.keep(page, id, {"next": page.say("kept")})
    return page.go(f"/shops/{id}/hours")


async def own_shop(page: Page, id: UUID) -> PlaceFile:
    """Raises NotFound for what is no shop, and for whoever neither trades there nor keeps the register."""
    place = PlaceFile.model_validate(await page.get("alliance", f"/v1/places/{id}"))
    if place.kind != "shop" or not (page.session.roles & STAFF or await _trades_at(page, id)):
        raise NotFound
    return place


async def _trades_at(page: Page, id: UUID) -> bool:
    me = await page.get("alliance", "/v1/me")
    stays = (Stay.model_validate(one) for one in me.get("occupancies", ()))
    return any(one.place_id == id and one.kind == "trades" for one in stays)


async def _show(
    page: Page, shop: PlaceFile, typed: Form, error: Mistakes | Problem | Away | None = None
) -> Response:
    return page.form(
        "shop_hours.html",
        trouble=page.trouble(error, typed[KEY_FIELD]),
        shop=shop,
        typed=typed,
        rows=hours.rows(typed),
        busy_rows=hours.busy_rows(typed),
        is_staff=bool(page.session.roles & STAFF),
        receipt=await receipts.shown_once(page, shop.id),
    )
