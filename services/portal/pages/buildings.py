"""一楼一档: the places of the alliance, one file each, and who was there on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal import keeping, places
from services.portal.answers import Occupant, Place, PlaceFile, Zone
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes, figure
from services.portal.gateway import Away, Problem
from services.portal.keeping import Act, Refusal, typed
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

KINDS = ("block", "building", "unit", "shop", "room")
INSIDE: Mapping[str, tuple[str, ...]] = {
    "block": ("building", "shop", "room"),
    "building": ("unit", "shop", "room"),
}
"""What can be added to a block and to a building."""

ADJACENT = ("above", "behind", "opposite")
ZONES = ("0", "1", "2", "3", "4")
"""The classes of a place by its noise (GB 22337-2008, table 1)."""

Words = Annotated[str, Query(max_length=40)]


def _beside(form: Form) -> dict[str, Any]:
    metres = figure(form, "distance_m")
    return {"place_id": form["other"], "kind": form["lies"], "distance_m": metres or 0}


ACTS: Mapping[str, Act] = {
    "change": Act("/v1/places/{target}/change", typed("name", "trade"), ("name",)),
    "add": Act(
        "/v1/places",
        lambda form: typed("kind", "name", "trade")(form) | {"parent_id": form["parent_id"]},
        ("kind", "name"),
    ),
    "adjacent": Act("/v1/places/{target}/adjacent", _beside, ("other", "lies")),
    "zone": Act(
        "/v1/blocks/{target}/zone-class",
        typed("zone_class", "source"),
        ("zone_class", "source"),
        service="complaints",
        method="PUT",
    ),
}
"""What can be done to a place's file."""


@router.get("/alliance/places")
async def places_page(page: OwnPage, q: Words = "", kind: str = "", cursor: str | None = None) -> Response:
    """All of them by address, or those whose name holds the words."""
    _, typed = page.take_up()
    return await _list_page(page, Form({"q": [q], "kind": [kind]}), cursor, typed)


@router.post("/alliance/places/new")
async def add_block(page: OwnPage, form: SentForm) -> Response:
    """A new block; what stands in it is added in its file."""
    try:
        answer = await ACTS["add"].ask(page, "", _block(form))
    except (Mistakes, Problem, Away) as error:
        return await _list_page(page, Form(), None, form, error)
    return await keeping.kept(page, f"/alliance/places/{Place.model_validate(answer).id}")


@router.get("/alliance/places/{id}")
async def place_page(page: OwnPage, id: UUID, on: date | None = None) -> Response:
    """One place: what it is, what is in it and beside it, and who is or was there."""
    act, typed = page.take_up()
    return await _file_page(page, id, on=on, act=act, typed=typed)


@router.post("/alliance/places/{id}/{act}")
async def change(page: OwnPage, id: UUID, act: str, form: SentForm) -> Response:
    """One command of the register."""
    found = keeping.find(ACTS, act)
    try:
        await found.ask(page, id, form)
    except (Mistakes, Problem, Away) as error:
        return await _file_page(page, id, act=act, typed=form, error=error)
    return await keeping.kept(page, f"/alliance/places/{id}")


def _block(form: Form) -> Form:
    fields = form.typed | {"kind": ["block"]}
    return Form({name: values for name, values in fields.items() if name != "parent_id"})


async def _zone(page: Page, place: PlaceFile) -> Zone | None:
    """The noise class of a block, None while nobody entered one or it cannot be had."""
    if place.kind != "block":
        return None
    try:
        answer = await page.get_if_there("complaints", f"/v1/blocks/{place.id}/zone-class")
    except Problem:
        return None
    return answer and Zone.model_validate(answer)


async def _list_page(
    page: Page, asked: Form, cursor: str | None, typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    query = {name: asked[name] or None for name in ("q", "kind")}
    answer = await page.get("alliance", "/v1/places", **query, cursor=cursor)
    return await keeping.shown(
        page,
        "places.html",
        typed,
        error,
        places=[Place.model_validate(one) for one in answer["items"]],
        more=answer["next_cursor"],
        asked=asked,
        kinds=[(kind, page.say(f"place_{kind}")) for kind in KINDS],
    )


async def _file_page(
    page: Page,
    id: UUID,
    *,
    on: date | None = None,
    act: str = "",
    typed: Form | None = None,
    error: Refusal | None = None,
) -> Response:
    keeping.require_staff(page)
    place = PlaceFile.model_validate(await page.get("alliance", f"/v1/places/{id}"))
    day = on.isoformat() if on else None
    there = await page.get("alliance", f"/v1/places/{id}/occupants", on=day)
    return await keeping.shown(
        page,
        "place.html",
        typed,
        error,
        tried=act,
        place=place,
        parent=await places.named(page, place.parent_id),
        inside=await places.directly_in(page, place),
        occupants=[Occupant.model_validate(one) for one in there["items"]],
        on=date.fromisoformat(there["on"]),
        zone=await _zone(page, place),
        zones=[(one, page.say(f"zone_{one}")) for one in ZONES],
        addable=[(kind, page.say(f"place_{kind}")) for kind in INSIDE.get(place.kind, ())],
        others=[(str(one.id), one.name) for one in await places.buildings(page) if one.id != id],
        lies=[(one, page.say(f"lies_{one}")) for one in ADJACENT],
    )
