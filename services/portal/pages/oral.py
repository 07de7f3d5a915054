"""What was agreed on the spot: the captain's one form, what she entered before, and the receipt to print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories, forms, members, places
from services.portal.answers import MediationLine, Opened, OralReceipt
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

ROWS = 3
TIMES = ("told", "talked", "agreed")
"""Told to her, talked over, agreed: each by the clock of that day."""


@router.get("/oral")
async def ask(page: OwnPage) -> Response:
    """Everything in one form, and what was entered before."""
    return await _form_page(page, page.draft_for("/oral") or Form())


@router.post("/oral")
async def enter(page: OwnPage, form: SentForm) -> Response:
    """Enters it; next the receipt is printed and handed over."""
    try:
        answer = await page.send("complaints", "/v1/oral-agreements", _body(form), key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _form_page(page, form, error)
    await page.visitor.keep(draft=None)
    return page.go(f"/cases/{Opened.model_validate(answer).id}/oral-receipt")


@router.get("/cases/{id}/oral-receipt")
async def receipt(page: OwnPage, id: UUID) -> Response:
    """In large type, for somebody without a telephone."""
    answer = await page.get("complaints", f"/v1/cases/{id}/oral-receipt")
    return page.html("oral_receipt.html", receipt=OralReceipt.model_validate(answer), case_id=id)


async def _form_page(page: Page, typed: Form, error: Mistakes | Problem | Away | None = None) -> Response:
    buildings = await _own_buildings(page)
    lines = (await page.get("mediation", "/v1/mediations", mine="true"))["items"]
    entered = [MediationLine.model_validate(one) for one in lines]
    return page.form(
        "oral.html",
        trouble=page.trouble(error, typed[KEY_FIELD]),
        typed=typed,
        neighbours=[one for building in buildings for one in await members.living_in(page, building)],
        shops=[one for building in buildings for one in await places.shops_in(page, building)],
        categories=(await categories.labels(page)).choices.categories,
        mediators=await members.listed(page, role="mediator"),
        rows=ROWS,
        times=TIMES,
        entered=[line for line in entered if "captain" in line.roles],
    )


async def _own_buildings(page: Page) -> list[UUID]:
    me = await page.get("alliance", "/v1/me")
    return [
        UUID(grant["place_id"])
        for grant in me["grants"]
        if grant["role"] == "building_captain" and grant["place_id"]
    ]


def _body(form: Form) -> dict[str, Any]:
    """What the complaints service is sent. Raises Mistakes."""
    forms.required(form, "on_behalf_of", "place_id", "subcategory", "day", "mediator_id")
    moments = {f"{name}_at": _moment(form, name) for name in TIMES}
    chosen = {name: form[name] for name in ("on_behalf_of", "place_id", "subcategory", "mediator_id")}
    fixed = {"relation": "captain", "told_by": "mouth"}
    return chosen | fixed | {"agreed": moments | {"commitments": _commitments(form)}}


def _moment(form: Form, name: str) -> str:
    try:
        return forms.local_moment(form["day"], form[name])
    except ValueError:
        raise Mistakes(**{name: "field_wrong"}) from None


def _commitments(form: Form) -> list[dict[str, str]]:
    columns = ("owner_side", "what", "due_on")
    rows = zip(*(form.all(f"promise_{name}") for name in columns), strict=False)
    found = []
    for number, row in enumerate(rows):
        promise = dict(zip(columns, row, strict=True))
        if not (promise["what"] or promise["due_on"]):
            continue
        if not all(promise.values()):
            raise Mistakes(**{f"promise_{number}": "oral_promise_wrong"})
        found.append(promise)
    if not found:
        raise Mistakes(promise_0="oral_promise_wrong")
    return found
