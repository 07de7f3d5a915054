"""The platforms of the city that are told what becomes of matters: registered, looked at and ended by operators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.answers import PlatformMessage, Webhook
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

State = Literal["pending", "accepted", "failed"]


@router.get("/webhooks")
async def webhooks(page: OwnPage) -> Response:
    """Who is told, and who was."""
    _, typed = page.take_up()
    return await _show_all(page, typed=typed)


@router.post("/webhooks")
async def register(page: OwnPage, form: SentForm) -> Response:
    """A platform is told from now on; the secret that it checks signatures with is shown this once."""
    try:
        added = await page.send("notifications", "/v1/webhooks", {"url": form["url"]}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show_all(page, error, form)
    return _show_secret(page, added)


@router.get("/webhooks/{id}")
async def webhook(page: OwnPage, id: UUID, state: State | None = None, cursor: str | None = None) -> Response:
    """What one was told and what came of it."""
    return await _show(page, id, state=state, cursor=cursor)


@router.post("/webhooks/{id}/rotate")
async def rotate(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """A new secret, shown this once."""
    try:
        made = await page.send("notifications", f"/v1/webhooks/{id}/rotate", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, id, error)
    return _show_secret(page, made)


@router.post("/webhooks/{id}/remove")
async def remove(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """The platform is told nothing more."""
    return await _do(page, id, "remove", form)


@router.post("/webhooks/{id}/messages/{message_id}/replay")
async def replay(page: OwnPage, id: UUID, message_id: UUID, form: SentForm) -> Response:
    """The same is told again, under the same id."""
    return await _do(page, id, f"messages/{message_id}/replay", form)


async def _do(page: Page, id: UUID, step: str, form: Form) -> Response:
    try:
        await page.send("notifications", f"/v1/webhooks/{id}/{step}", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, id, error)
    return page.go(f"/webhooks/{id}")


def _show_secret(page: Page, made: Mapping[str, Any]) -> Response:
    """By itself, and by no address of its own: nobody has it on the screen who only looks at the log.

    The release before shows none, here or when it made what is asked for again.
    """
    return page.html("webhook_secret.html", webhook=Webhook.model_validate(made), secret=made.get("secret"))


async def _show_all(page: Page, error: Problem | Away | None = None, typed: Form | None = None) -> Response:
    typed = typed or Form()
    trouble = page.trouble(error, typed[KEY_FIELD])
    return page.form("webhooks.html", trouble=trouble, webhooks=await _all(page), typed=typed)


async def _show(
    page: Page,
    id: UUID,
    error: Problem | Away | None = None,
    *,
    state: State | None = None,
    cursor: str | None = None,
) -> Response:
    found = await _one(page, id)
    answer = await page.get("notifications", f"/v1/webhooks/{id}/messages", state=state, cursor=cursor)
    return page.form(
        "webhook.html",
        trouble=page.trouble(error),
        webhook=found,
        messages=[PlatformMessage.model_validate(one) for one in answer["items"]],
        state=state,
        more=answer["next_cursor"],
    )


async def _all(page: Page) -> list[Webhook]:
    answer = await page.get("notifications", "/v1/webhooks")
    return [Webhook.model_validate(one) for one in answer["items"]]


async def _one(page: Page, id: UUID) -> Webhook:
    found = next((one for one in await _all(page) if one.id == id), None)
    if found is None:
        raise NotFound
    return found
