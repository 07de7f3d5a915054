"""Signing in with a code by mail, in two steps, and out again."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import forms
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, SignInNeeded, ThePage, Trouble
from services.portal.pages.common import local_path
from services.portal.sessions import Person

router = APIRouter(route_class=PageRoute)

AFTERWARDS = "/cases"
WRONG_CODE = "wrong_code"
"""The refusal that speaks of the field, not of the form."""


@router.get("/sign-in")
async def ask_contact(page: ThePage, back: str = AFTERWARDS) -> Response:
    """Where the code is to be sent."""
    if page.session.signed_in:
        return page.go(local_path(back))
    return _step(page, "sign_in.html", Form({"back": [back]}))


@router.post("/sign-in")
async def send_code(page: ThePage, form: SentForm) -> Response:
    """Sends the code; the answer is the same whether or not anybody is known there."""
    contact = unicodedata.normalize("NFKC", form["contact"])
    try:
        forms.required(form, "contact")
        await page.send("alliance", "/v1/sign-in/codes", {"contact": contact})
    except (Mistakes, Problem, Away) as error:
        return _step(page, "sign_in.html", form, error)
    await page.visitor.keep(contact=contact)
    return page.go(f"/sign-in/code?back={quote(form['back'], safe='')}")


@router.get("/sign-in/code")
async def ask_code(page: ThePage, back: str = AFTERWARDS) -> Response:
    """The code that came by mail."""
    if page.session.contact is None:
        return page.go("/sign-in")
    return _step(page, "sign_in_code.html", Form({"back": [back]}))


@router.post("/sign-in/code")
async def check_code(page: ThePage, form: SentForm) -> Response:
    """Signs in, and goes on where the person wanted to be."""
    if page.session.contact is None:
        return page.go("/sign-in")
    code = "".join(unicodedata.normalize("NFKC", form["code"]).split())
    try:
        forms.required(form, "code")
        body = {"contact": page.session.contact, "code": code}
        granted = await page.send("alliance", "/v1/sign-in/tokens", body)
    except (Mistakes, Problem, Away) as error:
        return _step(page, "sign_in_code.html", form, error)
    await page.visitor.sign_in(granted, await _person(page, granted))
    return page.go(local_path(form["back"]))


@router.post("/sign-out")
async def sign_out(page: OwnPage, form: SentForm) -> Response:
    """Ends the session here and at the alliance service, and what is sent to this telephone: it may be shared.

    The browser lets go of its worker too, also where it was asked for word in an earlier session.
    """
    if (device := page.session.device) is not None:
        with suppress(Away, Problem, SignInNeeded):
            await page.send("notifications", f"/v1/push/{device}/remove", {}, key=device.hex)
    if page.session.tokens is not None:
        with suppress(Away, Problem, SignInNeeded):
            await page.send("alliance", "/v1/sign-out", {"refresh_token": page.session.tokens.refresh})
    await page.visitor.sign_out()
    answer = page.go("/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


async def _person(page: Page, granted: dict[str, Any]) -> Person:
    caller = page.caller(granted["access_token"])
    me = await page.gateway.ask(caller, "alliance", "/v1/me")
    return Person(UUID(me["id"]), me["display_name"])


def _step(page: Page, template: str, typed: Form, error: Mistakes | Problem | Away | None = None) -> Response:
    trouble = page.trouble(error)
    if isinstance(error, Problem) and error.code == WRONG_CODE:
        trouble = Trouble(error.status, page.say("look_at_marked"), {"code": error.detail})
    return page.html(template, status=trouble.status, typed=typed, trouble=trouble)
