"""Several of the queue at once: one form, but each is decided by the service for itself, and each answer is told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal import categories, members
from services.portal.answers import Case, StepReceipt
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.members import Option
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

Do = Literal["accept", "decline"]

MOST = 20
"""As many as one page of the queue shows."""

TIERS = ("urgent", "ordinary", "complex")


@dataclass(frozen=True)
class Row:
    """One case to be decided, and whom it could be about where nobody is named."""

    case: Case
    people: Sequence[Option] = ()


@dataclass(frozen=True)
class Outcome:
    """What the service said of one: what is next, or why not."""

    id: UUID
    reference: str
    is_done: bool
    sentence: str


@router.get("/queue/decide")
async def ask(
    page: OwnPage,
    do: Do | None = None,
    case: Annotated[list[UUID], Query()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """The ticked ones with what each needs; or those that were written about before signing in again."""
    _, typed = page.take_up()
    if typed is not None:
        return await _form_page(page, _do(typed), _ids(typed), typed)
    if do is None or not case:
        return page.go("/queue")
    return await _form_page(page, do, case[:MOST], Form())


@router.post("/queue/decide")
async def decide(page: OwnPage, form: SentForm) -> Response:
    """One command for each: what fails leaves the others untouched."""
    do, ids = _do(form), _ids(form)
    try:
        bodies = [_body(do, form, number) for number in range(len(ids))]
        _require_complete(do, form, len(ids))
    except Mistakes as mistakes:
        return await _form_page(page, do, ids, form, mistakes)
    outcomes = [
        Outcome(
            id,
            form.row("reference", number),
            *await _said(page, f"/v1/cases/{id}/{do}", bodies[number], f"{form[KEY_FIELD]}-{id.hex}"),
        )
        for number, id in enumerate(ids)
    ]
    return page.html("decided.html", outcomes=outcomes, failed=[one for one in outcomes if not one.is_done])


async def _said(page: Page, path: str, body: dict[str, Any], key: str) -> tuple[bool, str]:
    """Whether the service did it, and its sentence."""
    try:
        answer = await page.send("complaints", path, body, key=key)
    except Problem as problem:
        return False, " ".join((problem.detail, *(one.detail for one in problem.errors)))
    except Away:
        return False, page.say("away_try_again")
    return True, StepReceipt.model_validate(answer).next or ""


async def _form_page(
    page: Page, do: Do, ids: Sequence[UUID], typed: Form, mistakes: Mistakes | None = None
) -> Response:
    labels = await categories.labels(page)
    rows = await asyncio.gather(*(_row(page, do, id) for id in ids))
    return page.form(
        "decide.html",
        trouble=page.trouble(mistakes, typed[KEY_FIELD]),
        do=do,
        rows=rows,
        typed=typed,
        tiers=[(one, page.say(f"opt_tier_{one}")) for one in TIERS],
        reasons=[(one.code, one.label) for one in labels.choices.decline_reasons],
        addresses=[(one.code, one.label) for one in labels.choices.authorities],
        labels=labels,
    )


async def _row(page: Page, do: Do, id: UUID) -> Row:
    case = Case.model_validate(await page.get("complaints", f"/v1/cases/{id}"))
    has_other_side = any(party.side == "respondent" for party in case.parties)
    if do == "decline" or has_other_side:
        return Row(case)
    return Row(case, await members.of_place(page, case.place_id))


def _do(form: Form) -> Do:
    return "decline" if form["do"] == "decline" else "accept"


def _ids(form: Form) -> list[UUID]:
    try:
        return [UUID(one) for one in form.all("case")[:MOST]]
    except ValueError:
        return []


def _body(do: Do, form: Form, number: int) -> dict[str, Any]:
    if do == "decline":
        typed = {name: form[name] for name in ("reason", "next_address", "note")}
    else:
        respondent = form[f"respondent_{form.row('case', number)}"]
        summary = form.row("shared_summary", number)
        typed = {"shared_summary": summary, "tier": form["tier"], "respondent_id": respondent}
    return {name: value for name, value in typed.items() if value}


def _require_complete(do: Do, form: Form, count: int) -> None:
    """Raises Mistakes, each beside its field, before anything is sent."""
    if do == "decline":
        missing = {name for name in ("reason", "next_address") if not form[name]}
    else:
        missing = {f"summary_{number}" for number in range(count) if not form.row("shared_summary", number)}
    if missing:
        raise Mistakes(**dict.fromkeys(missing, "field_missing"))
