"""How one is told: the language, the type, and which mails come; and the link in a mail to have less of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.answers import Device, Preferences, Push, Unsubscribing
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, Segment, SentForm, ThePage

router = APIRouter(route_class=PageRoute)

DEVICES = "/preferences#devices"


@router.get("/preferences")
async def show(page: OwnPage, saved: bool = False) -> Response:
    """What holds now."""
    return await _page(page, page.draft_for("/preferences"), saved=saved)


@router.post("/preferences")
async def choose(page: OwnPage, form: SentForm) -> Response:
    """What holds from now on."""
    try:
        chosen = _body(form)
        await page.send("notifications", "/v1/preferences", chosen, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _page(page, form, error)
    return page.go("/preferences?saved=true")


@router.post("/preferences/devices")
async def add_device(page: OwnPage, form: SentForm) -> Response:
    """This browser asked, and its owner allowed it: the script filled in what it said."""
    said = {
        "endpoint": form["endpoint"],
        "keys": {"p256dh": form["p256dh"], "auth": form["auth"]},
    }
    try:
        answer = await page.send("notifications", "/v1/push", said, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _page(page, None, error)
    await page.visitor.keep(device=Device.model_validate(answer).id)
    return page.go(DEVICES)


@router.post("/preferences/devices/{id}/remove")
async def remove_device(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """No word comes to it any more."""
    try:
        await page.send("notifications", f"/v1/push/{id}/remove", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _page(page, None, error)
    return page.go(DEVICES)


@router.get("/unsubscribe/{token}")
async def ask(page: ThePage, token: Segment) -> Response:
    """Which mails would stop. Mail programs open links ahead of people, so opening changes nothing."""
    return _unsubscribing(page, token, await page.get("notifications", f"/v1/unsubscribe/{token}"))


@router.post("/unsubscribe/{token}")
async def stop(page: ThePage, token: Segment, form: SentForm) -> Response:
    """They stop; the link is the proof, nobody has to sign in."""
    answer = await page.send("notifications", f"/v1/unsubscribe/{token}", key=form[KEY_FIELD])
    return _unsubscribing(page, token, answer, done=True)


async def _page(
    page: Page,
    typed: Form | None,
    error: Mistakes | Problem | Away | None = None,
    *,
    saved: bool = False,
) -> Response:
    now = Preferences.model_validate(await page.get("notifications", "/v1/preferences"))
    typed = typed or _as_typed(now)
    trouble = page.trouble(error, typed[KEY_FIELD])
    groups = [group for group in now.mails if group != "desk" or page.session.roles & AT_A_DESK]
    push = Push.model_validate(await page.get("notifications", "/v1/push"))
    return page.form("preferences.html", trouble=trouble, typed=typed, groups=groups, saved=saved, push=push)


AT_A_DESK = frozenset(
    {"coordinator", "mediator", "building_captain", "volunteer", "agency_officer", "court_liaison"}
)
"""Who gets notices about work that waits for them."""


def _as_typed(now: Preferences) -> Form:
    """The form as it stands; where all mails were switched off at once, each kind is."""
    mails = {f"mails_{group}": [rhythm if now.mail else "never"] for group, rhythm in now.mails.items()}
    large = {"large_type": ["yes"]} if now.large_type else {}
    pushes = {f"pushes_{group}": [beside] for group, beside in now.pushes.items()}
    return Form({"language": [now.language]} | mails | large | pushes)


def _body(form: Form) -> dict[str, Any]:
    return {
        "language": form["language"],
        "mail": True,
        "mails": _chosen(form, "mails_"),
        "large_type": form.says("large_type"),
        "pushes": _chosen(form, "pushes_"),
    }


def _chosen(form: Form, prefix: str) -> dict[str, str]:
    """What was picked for each group."""
    return {name.removeprefix(prefix): form[name] for name in form.typed if name.startswith(prefix)}


def _unsubscribing(page: Page, token: str, answer: Any, *, done: bool = False) -> Response:
    group = Unsubscribing.model_validate(answer).group
    return page.html("unsubscribe.html", token=token, group=group, done=done)
