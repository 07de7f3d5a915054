"""Taking a step on a case: one door for every command in the table."""

from __future__ import annotations

import math
import unicodedata
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import members, receipts
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, Trouble
from services.portal.pages.cases import case_page
from services.portal.pages.signing import CODE_SENT, sign_page
from services.portal.steps import STEPS, Step
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

HERE = "here"
"""The field in which a form says that it stands on the page to sign on."""


@router.post("/cases/{id}/steps/{name}")
async def take(page: OwnPage, id: UUID, name: str, form: SentForm) -> Response:
    """Asks the service; what it says is next is shown on the case's page."""
    step = STEPS.get(name)
    if step is None:
        raise NotFound
    try:
        signed = await _named(page, id, step, form) if step.is_signed and _binds(form) else None
        answer = await _ask(page, id, step, form, signed)
    except (Mistakes, Problem, Away) as error:
        key = "" if _is_spent(step, error) else form[KEY_FIELD]
        return await _again(page, id, name, form, page.trouble(error, key))
    by_code, shown = signed is not None, form["content_hash"] or None
    by_hand = form["hand"] if any(one.name == "hand" for one in step.inputs) else ""
    await receipts.keep(page, id, answer, signed=signed or shown, by_code=by_code, by_hand=by_hand)
    return page.go(f"/cases/{id}")


@router.post("/cases/{id}/steps/{name}/code")
async def send_code(page: OwnPage, id: UUID, name: str, form: SentForm) -> Response:
    """Mails the code to take the step by. Whoever asks too soon still has the one before.

    Words that were typed come back with their hash, to be sent with the code.
    """
    step = STEPS.get(name)
    if step is None or not step.is_signed:
        raise NotFound
    try:
        named = await _named(page, id, step, form)
        await page.send("alliance", "/v1/me/signing-codes", {"content_hash": named})
    except (Mistakes, Problem, Away) as error:
        return await _again(page, id, name, form, _not_sent(page, error))
    if step.named_at:
        return await case_page(page, id, name, form, Trouble(key=form[KEY_FIELD]), named=named)
    here = "/sign" if form[HERE] else ""
    return page.go(f"/cases/{id}{here}?{CODE_SENT}=true#step-{name}")


async def _again(page: Page, id: UUID, step: str, form: Form, trouble: Trouble) -> Response:
    """The page the form was sent from: the whole case, or just what is to be signed."""
    show = sign_page if form[HERE] else case_page
    return await show(page, id, step, form, trouble)


def _not_sent(page: Page, error: Mistakes | Problem | Away) -> Trouble:
    if isinstance(error, Problem) and error.code == "too_many_requests":
        minutes = math.ceil(error.more["retry_after"] / 60)
        return Trouble(error.status, page.say("signing_code_too_soon", minutes=minutes))
    return page.trouble(error)


async def _named(page: Page, id: UUID, step: Step, form: Form) -> str:
    """The hash of the words that are signed: those shown, or those typed as they are now."""
    if not step.named_at:
        return form[step.hash_input]
    path = step.named_at.format(case=id, target=_target(form))
    answer = await page.send(step.service, path, step.words(form))
    return str(answer["words_hash"])


async def _ask(page: Page, id: UUID, step: Step, form: Form, signed: str | None) -> Any:
    body = step.body(await _with_people(page, step, form))
    if signed is not None:
        body["proof"] = await _proof(page, form, signed)
    file = form.file if step.takes_file else None
    if step.lays_before_case and file is not None:
        body["evidence_ids"] = [await _laid_before(page, id, form)]
        file = None
    return await page.send(
        step.service, step.address(id, _target(form)), body, key=form[KEY_FIELD], file=file
    )


async def _with_people(page: Page, step: Step, form: Form) -> Form:
    """Whoever was named by their number by their id."""
    asked = [one.name for one in step.inputs if one.kind == "person"]
    found = {f"{name}_number": await members.by_number(page, form[f"{name}_number"], name) for name in asked}
    return form.saying(**found)


def _is_spent(step: Step, error: Mistakes | Problem | Away) -> bool:
    """Whether the code was tried under the form's key; what is still worked on is answered under that key alone."""
    return step.is_signed and isinstance(error, Problem) and error.code != "key_in_flight"


def _binds(form: Form) -> bool:
    """A no leaves everything open: it needs no code."""
    return form["agrees"] != "no"


async def _proof(page: Page, form: Form, signed: str) -> str:
    """What the alliance service gives for the code; asked again under the same key, it gives the same."""
    required(form, "code")
    code = "".join(unicodedata.normalize("NFKC", form["code"]).split())
    given = {"content_hash": signed, "code": code}
    answer = await page.send("alliance", "/v1/me/signing-proofs", given, key=form[KEY_FIELD])
    return str(answer["proof"])


async def _laid_before(page: Page, id: UUID, form: Form) -> str:
    """Its id among the evidence of the case, where it is cleaned and kept; sent again it is the same one."""
    said = {"kind": form["file_kind"] or "photo", "shows_minor": form.says("shows_minor")}
    path = f"/v1/cases/{id}/evidence"
    answer = await page.send("complaints", path, said, key=form[KEY_FIELD], file=form.file)
    return str(answer["evidence_id"])


def _target(form: Form) -> UUID:
    try:
        return UUID(form["target"])
    except ValueError:
        raise NotFound from None
