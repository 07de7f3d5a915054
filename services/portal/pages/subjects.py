"""What one may complain of in the alliance: its kinds, by which way they usually go, and which are not offered."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from services.portal import categories, keeping
from services.portal.answers import Choices, SubcategoryVersion
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

PATHS = ("direct", "mediation", "topic", "authority")


@router.get("/alliance/categories")
async def subjects(page: OwnPage) -> Response:
    """All kinds, those switched off too."""
    keeping.require_staff(page)
    answer = await page.get("complaints", "/v1/categories")
    return page.html("subjects.html", categories=Choices.model_validate(answer).categories)


@router.get("/alliance/categories/{code}")
async def subject(page: OwnPage, code: str) -> Response:
    """One kind with every version it had."""
    return await _show(page, code)


@router.post("/alliance/categories/{code}")
async def set_subject(page: OwnPage, code: str, form: SentForm) -> Response:
    """The next version, for filings from now on; a case keeps the one it was filed under."""
    try:
        required(form, "zh", "en", "path")
        await page.send(
            "complaints", f"/v1/categories/{code}", _body(form), key=form[KEY_FIELD], method="PUT"
        )
    except (Mistakes, Problem, Away) as error:
        return await _show(page, code, form, error)
    return await keeping.kept(page, f"/alliance/categories/{code}")


def _body(form: Form) -> dict[str, Any]:
    return {
        "names": {"zh-CN": form["zh"], "en": form["en"]},
        "path": form["path"],
        "off": form.says("off"),
    }


async def _show(page: Page, code: str, typed: Form | None = None, error: Refusal | None = None) -> Response:
    keeping.require_staff(page)
    answer = await page.get("complaints", f"/v1/categories/{code}")
    versions = [SubcategoryVersion.model_validate(one) for one in answer["items"]]
    now = versions[0].entry
    stored = {"zh": [now.zh], "en": [now.en], "path": [now.path], "off": ["yes" if now.off else ""]}
    return await keeping.shown(
        page,
        "subject.html",
        typed or Form(stored),
        error,
        versions=versions,
        now=now,
        labels=await categories.labels(page),
        paths=[(one, page.say(f"opt_path_{one}")) for one in PATHS],
    )
