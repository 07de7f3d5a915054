"""Having oneself erased (PIPL art. 47): confirmed by a code, and a receipt that needs no account."""

from __future__ import annotations

import unicodedata
from typing import Any

from fastapi import APIRouter, Response

from services.portal import forms, keeping
from services.portal.answers import ErasureReceipt, ErasureUnderWay
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, SentForm, ThePage

router = APIRouter(route_class=PageRoute)


@router.get("/me/data/erase")
async def ask_code(page: OwnPage) -> Response:
    """What goes and what stays; the code that came by mail, once it was asked for; or the one under way."""
    return await _page(page)


@router.post("/me/data/code")
async def send_code(page: OwnPage, form: SentForm) -> Response:
    """A code to the address in the register: nobody who finds a telephone unlocked erases its owner."""
    try:
        await page.send("alliance", "/v1/me/erasure/codes", {})
    except (Problem, Away) as error:
        return await _page(page, error=error)
    return page.go("/me/data/erase?sent=true")


@router.post("/me/data/erase")
async def erase(page: OwnPage, form: SentForm) -> Response:
    """Begins it. The number is shown here and by no link: whoever has it reads the receipt."""
    try:
        forms.required(form, "code")
        code = "".join(unicodedata.normalize("NFKC", form["code"]).split())
        answer = await page.send("alliance", "/v1/me/erasure", {"code": code})
    except (Mistakes, Problem, Away) as error:
        return await _page(page, form, error)
    return receipt(page, answer)


@router.get("/erased")
async def ask_number(page: ThePage) -> Response:
    """How far is it, what is gone, what stays? For whoever has the number."""
    return page.form("erased.html", trouble=page.trouble(None), typed=Form())


@router.post("/erased")
async def look_up(page: ThePage, form: SentForm) -> Response:
    """The receipt. Wrong and absent are one sentence."""
    try:
        forms.required(form, "number")
        answer = await page.send("alliance", "/v1/erasures/lookups", {"number": form["number"]})
    except (Mistakes, Problem, Away) as error:
        if isinstance(error, Problem) and error.status == 404:
            error = Mistakes(number="erased_not_found")
        return page.form("erased.html", trouble=page.trouble(error), typed=form)
    return receipt(page, answer)


@router.get("/alliance/erasures")
async def under_way(page: OwnPage) -> Response:
    """For administrators: what is under way and for which service it waits, and not whose it is."""
    keeping.require_staff(page)
    answer = await page.get("alliance", "/v1/erasures")
    return page.html(
        "erasures.html", erasures=[ErasureUnderWay.model_validate(one) for one in answer["items"]]
    )


async def _page(page: Page, typed: Form | None = None, error: Refusal | None = None) -> Response:
    answer = await page.get("alliance", "/v1/me/erasure")
    return page.form(
        "own_erasing.html",
        trouble=page.trouble(error),
        typed=typed or Form(),
        sent="sent" in page.request.query_params or typed is not None,
        receipt=ErasureReceipt.model_validate(answer) if answer else None,
    )


def receipt(page: Page, answer: Any) -> Response:
    """How far it is, with the number for whoever just asked; nobody's browser keeps it."""
    shown = page.html("erased_receipt.html", receipt=ErasureReceipt.model_validate(answer))
    shown.headers["Cache-Control"] = "no-store"
    return shown
