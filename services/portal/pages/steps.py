"""Taking a step on a case: one door for every command in the table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import receipts
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm
from services.portal.pages.cases import case_page
from services.portal.steps import STEPS, Step
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)


@router.post("/cases/{id}/steps/{name}")
async def take(page: OwnPage, id: UUID, name: str, form: SentForm) -> Response:
    """Asks the service; what it says is next is shown on the case's page."""
    step = STEPS.get(name)
    if step is None:
        raise NotFound
    try:
        answer = await _ask(page, id, step, form)
    except (Mistakes, Problem, Away) as error:
        return await case_page(page, id, name, form, page.trouble(error, form[KEY_FIELD]))
    await receipts.keep(page, id, answer, signed=form["content_hash"] or None)
    return page.go(f"/cases/{id}")


async def _ask(page: Page, id: UUID, step: Step, form: Form) -> Any:
    body = step.body(form)
    file = form.file if step.takes_file else None
    return await page.send(
        step.service, step.address(id, _target(form)), body, key=form[KEY_FIELD], file=file
    )


def _target(form: Form) -> UUID:
    try:
        return UUID(form["target"])
    except ValueError:
        raise NotFound from None
