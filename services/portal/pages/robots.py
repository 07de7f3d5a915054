"""The group chats in which those on duty are told that something waits: set, tried and taken away by administrators."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.answers import Robot
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

FIELDS = ("platform", "name", "url", "secret", "language")


@router.get("/robots")
async def robots(page: OwnPage) -> Response:
    """What is set, and what came of the last message of each."""
    step, typed = page.take_up()
    return await _show(page, typed=typed if step == "robots" else None)


@router.post("/robots")
async def add(page: OwnPage, form: SentForm) -> Response:
    """A group is told from now on. What opens it is not shown again, also not when something was wrong."""
    body = {name: form[name] for name in FIELDS}
    try:
        await page.send("notifications", "/v1/robots", body, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, error, form)
    return page.go("/robots")


@router.post("/robots/{id}/{step}")
async def step(page: OwnPage, id: UUID, step: Literal["try", "remove"], form: SentForm) -> Response:
    """A trial message, or no more of any."""
    try:
        await page.send("notifications", f"/v1/robots/{id}/{step}", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, error)
    return page.go("/robots")


async def _show(page: Page, error: Problem | Away | None = None, typed: Form | None = None) -> Response:
    answer = await page.get("notifications", "/v1/robots")
    found = [Robot.model_validate(one) for one in answer["items"]]
    typed = typed or Form({"language": [page.language]})
    trouble = page.trouble(error, typed[KEY_FIELD])
    return page.form("robots.html", trouble=trouble, robots=found, typed=typed)
