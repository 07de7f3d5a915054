"""In an emergency: what to tell the people in the building, and from which homes somebody must be carried."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import forms, places
from services.portal.answers import Case, Home, OnDuty
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, Trouble
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

CONSENTS = ("told_in_person", "phone", "written")


@router.get("/cases/{id}/duty")
async def duty_card(page: OwnPage, id: UUID) -> Response:
    """For the captain on the stairs: what to say, and the doors to knock at. No mark of anybody stands on it."""
    return await _duty_card(page, id)


@router.post("/cases/{id}/duty")
async def look(page: OwnPage, id: UUID, _: SentForm) -> Response:
    """The same with the marked homes, for the captain of the building alone; that they looked is kept."""
    case = await _case(page, id)
    building = await places.building_of(page, case.place_id)
    answer = await page.send("alliance", f"/v1/places/{building}/carried-help/looks", {"case_id": str(id)})
    return await _duty_card(page, id, [Home.model_validate(one) for one in answer["items"]])


@router.get("/building")
async def building(page: OwnPage) -> Response:
    """The captain's own building: a home is marked for somebody who agreed to it."""
    return await _building(page)


@router.post("/building")
async def mark(page: OwnPage, form: SentForm) -> Response:
    """Sets or clears the mark of one home."""
    try:
        forms.required(form, "place_id", "needed")
        needed = form["needed"] == "yes"
        body = {"needed": needed} | ({"consent": form["consent"] or None} if needed else {})
        await page.send("alliance", f"/v1/places/{_id(form)}/carried-help", body, method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _building(page, page.trouble(error), form)
    return page.go("/building?kept=yes")


@router.post("/me/carried-help")
async def mark_own(page: OwnPage, form: SentForm) -> Response:
    """Whoever lives there says it for themselves, and takes it back as easily."""
    body = {"needed": form["needed"] == "yes"}
    try:
        await page.send("alliance", f"/v1/places/{_id(form)}/carried-help", body, method="PUT")
    except Mistakes:
        raise NotFound from None
    return page.go("/me")


async def _duty_card(page: Page, id: UUID, carried: list[Home] | None = None) -> Response:
    case = await _case(page, id)
    shown = OnDuty.model_validate(await page.get("complaints", f"/v1/cases/{id}/emergency"))
    return page.html(
        "duty.html",
        case=case,
        emergency=shown,
        place=await places.named(page, case.place_id),
        homes=await places.homes_around(page, case.place_id),
        carried=carried,
        may_look="building_captain" in page.session.roles,
    )


async def _case(page: Page, id: UUID) -> Case:
    return Case.model_validate(await page.get("complaints", f"/v1/cases/{id}"))


async def _building(page: Page, trouble: Trouble | None = None, typed: Form | None = None) -> Response:
    answer = await page.get("alliance", "/v1/me")
    own = [one["place_id"] for one in answer["grants"] if one["role"] == "building_captain"]
    homes = [home for place in own if place for home in await places.homes_around(page, UUID(place))]
    return page.form(
        "building.html",
        trouble=trouble or Trouble(),
        typed=typed or Form(),
        homes=homes,
        consents=CONSENTS,
        kept="kept" in page.request.query_params,
    )


def _id(form: Form) -> str:
    """The home's id. Raises Mistakes."""
    try:
        return str(UUID(form["place_id"]))
    except ValueError:
        raise Mistakes(place_id="field_wrong") from None
