"""The survey by personal link: the link is the proof of who answers, so nobody has to sign in."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.portal import categories
from services.portal.answers import Survey
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import Page, Segment, SentForm, ThePage
from services.portal.steps import STEPS

router = APIRouter(route_class=PageRoute)


@router.get("/survey/{token}")
async def ask(page: ThePage, token: Segment) -> Response:
    """How did it go?"""
    return await _survey_page(page, token, page.draft_for(f"/survey/{token}") or Form())


@router.post("/survey/{token}")
async def answer(page: ThePage, token: Segment, form: SentForm) -> Response:
    """Takes the answer and says thanks; answering twice changes nothing."""
    try:
        body = STEPS["survey"].body(form)
        await page.send("complaints", f"/v1/surveys/{token}", body, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _survey_page(page, token, form, error)
    return page.html("survey_thanks.html")


async def _survey_page(
    page: Page, token: str, typed: Form, error: Mistakes | Problem | Away | None = None
) -> Response:
    survey = Survey.model_validate(await page.get("complaints", f"/v1/surveys/{token}"))
    trouble = page.trouble(error, typed[KEY_FIELD])
    return page.form(
        "survey.html",
        trouble=trouble,
        token=token,
        survey=survey,
        typed=typed,
        labels=await categories.labels(page),
    )
