"""What somebody opens with what stands on a paper: an anonymous matter by its secret, a notice by its code."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.portal import forms
from services.portal.answers import Followed, Opened
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, ThePage

router = APIRouter(route_class=PageRoute)

Refused = Mistakes | Problem | Away


@router.get("/follow")
async def ask_secret(page: ThePage) -> Response:
    """How does the matter stand that I reported anonymously?"""
    return _form_page(page, "follow.html", Form())


@router.post("/follow")
async def follow(page: ThePage, form: SentForm) -> Response:
    """Shows it, and keeps neither the number nor the secret."""
    try:
        forms.required(form, "reference", "secret")
        sent = {"reference": form["reference"], "secret": form["secret"]}
        answer = await page.send("complaints", "/v1/lookups", sent)
    except (Mistakes, Problem, Away) as error:
        return _form_page(page, "follow.html", form, error)
    return page.html("followed.html", matter=Followed.model_validate(answer))


@router.get("/claim")
async def ask_code(page: OwnPage, reference: str = "") -> Response:
    """I was handed a notice on paper."""
    return _form_page(page, "claim.html", Form({"reference": [reference]}))


@router.post("/claim")
async def claim(page: OwnPage, form: SentForm) -> Response:
    """Opens the matter to whoever holds the paper's code: from here on they answer on the platform."""
    try:
        forms.required(form, "reference", "code")
        sent = {"reference": form["reference"], "code": form["code"]}
        answer = await page.send("complaints", "/v1/claims", sent, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return _form_page(page, "claim.html", form, error)
    return page.go(f"/cases/{Opened.model_validate(answer).id}")


def _form_page(page: Page, template: str, typed: Form, error: Refused | None = None) -> Response:
    """Wrong, closed and absent are one sentence: nobody learns which numbers there are."""
    trouble = page.trouble(error, typed[KEY_FIELD])
    if isinstance(error, Problem) and error.status == 404:
        trouble = page.trouble(Mistakes(reference="paper_not_found"), typed[KEY_FIELD])
    return page.form(template, trouble=trouble, typed=typed)
