"""One's own page: who is signed in, where they live or trade, and the way out."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.answers import Home, Occupancy
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, Trouble

router = APIRouter(route_class=PageRoute)


@router.get("/me")
async def me(page: OwnPage) -> Response:
    """Who is signed in, and where they are by the register."""
    return await _me(page)


@router.post("/me/occupancies/{id}/end")
async def end_occupancy(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """Moving out or giving up the shop is said by oneself; what becomes of open matters is asked for next."""
    try:
        if not form["until_day"]:
            raise Mistakes(until_day="field_missing")
        ended = {"until_day": form["until_day"]}
        await page.send("alliance", f"/v1/occupancies/{id}/end", ended, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _me(page, page.trouble(error, form[KEY_FIELD]), id, form)
    return page.go("/cases")


async def _me(
    page: Page, trouble: Trouble | None = None, tried: UUID | None = None, typed: Form | None = None
) -> Response:
    answer = await page.get_if_there("alliance", "/v1/me")
    known = [Occupancy.model_validate(one) for one in answer.get("occupancies", [])] if answer else []
    return page.form(
        "me.html",
        trouble=trouble or Trouble(),
        person=page.session.person,
        homes=await _homes(page),
        occupancies=[one for one in known if one.until_day is None],
        tried=tried,
        typed=typed or Form(),
    )


async def _homes(page: Page) -> list[Home]:
    answer = await page.get_if_there("alliance", "/v1/me/carried-help")
    return [Home.model_validate(one) for one in answer["items"]] if answer else []
