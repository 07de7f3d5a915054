"""My matters, the page of one case, and its receipt."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories
from services.portal.answers import CaseLine, ChildView, MediationLine
from services.portal.casefile import gather
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form
from services.portal.page import OwnPage, Page, ThePage, Trouble
from services.portal.pages.signing import CODE_SENT
from services.portal.pictures import code_of
from services.portal.proxy import file_of
from services.portal.receipts import shown_once
from services.portal.waiting import waiting

router = APIRouter(route_class=PageRoute)


@router.get("/cases")
async def my_cases(page: OwnPage, cursor: str | None = None) -> Response:
    """What needs me first, with what is asked, whichever service asks it; then everything of mine."""
    (in_cases, _), (mine, more), in_mediation = await asyncio.gather(
        _lines(page, needs_me="true", mine="true"),
        _lines(page, mine="true", cursor=cursor),
        _in_mediation(page),
    )
    needs_me = waiting(in_cases, mine, in_mediation)
    first = {one.case.id for one in needs_me if one.case}
    return page.html(
        "cases.html",
        needs_me=[] if cursor else needs_me,
        others=[line for line in mine if line.id not in first],
        more=more,
        labels=await categories.labels(page),
    )


@router.get("/cases/{id}/receipt")
async def receipt(page: ThePage, id: UUID) -> Response:
    """The number and the day of the next word, as the filing was answered; the secret once, it may be a shared phone.

    Nothing is asked of the service: an anonymous filing is nobody's, also not the one's who wrote it.
    """
    kept = page.session.receipt
    if kept is None or kept.about != id or kept.reference is None:
        return page.go(f"/cases/{id}")
    if kept.secret is not None:
        await page.visitor.keep(receipt=replace(kept, secret=None))
    path = "/follow" if kept.anonymous else f"/cases/{id}" if kept.has_page else None
    address = page.settings.public_url + path if path else None
    return page.html(
        "receipt.html", receipt=kept, address=address, picture=code_of(address) if address else None
    )


@router.get("/cases/{id}")
async def case(page: OwnPage, id: UUID, phrase: UUID | None = None) -> Response:
    """Everything of the case this person may see, and what they can do now; `phrase` is to be said next."""
    draft = page.session.draft
    prefix = f"/cases/{id}/steps/"
    if draft is not None and draft.path.startswith(prefix):
        await page.visitor.keep(draft=None)
        typed = Form(draft.fields)
        return await case_page(
            page,
            id,
            draft.path.removeprefix(prefix).removesuffix("/code"),
            typed,
            Trouble(key=typed[KEY_FIELD]),
        )
    return await case_page(page, id, phrase=phrase)


@router.get("/cases/{id}/for-child")
async def for_child(page: OwnPage, id: UUID) -> Response:
    """In words for a child, on the guardian's telephone, if the guardian lets the child."""
    answer = await page.get("complaints", f"/v1/cases/{id}/child-view")
    return page.html("child.html", view=ChildView.model_validate(answer))


@router.get("/cases/{id}/evidence/{evidence_id}")
async def evidence(page: OwnPage, id: UUID, evidence_id: UUID) -> Response:
    """One file, as the service shows it to this person; it is never kept by what lies between."""
    return file_of(await page.open("complaints", f"/v1/cases/{id}/evidence/{evidence_id}/content"))


async def case_page(
    page: Page,
    id: UUID,
    step: str = "",
    typed: Form | None = None,
    trouble: Trouble | None = None,
    *,
    named: str | None = None,
    phrase: UUID | None = None,
) -> Response:
    """The case's page, with one step's form as it was typed and what is wrong with it, or as a phrase fills it in.

    `named` is the hash of the words typed, for which a code was just sent.
    """
    file = await gather(page, id)
    for one in file.phrases:
        if one.id == phrase:
            step, typed = one.step, Form(one.typed(page.language) | {"target": [str(id)]})
    return page.form(
        "case.html",
        trouble=trouble or Trouble(),
        file=file,
        receipt=await shown_once(page, id),
        tried=step,
        typed=typed or Form(),
        code_sent=CODE_SENT in page.request.query_params,
        named=named,
    )


async def _lines(page: Page, **query: Any) -> tuple[list[CaseLine], str | None]:
    answer = await page.get("complaints", "/v1/cases", **query)
    return [CaseLine.model_validate(one) for one in answer["items"]], answer["next_cursor"]


async def _in_mediation(page: Page) -> list[MediationLine]:
    """Nobody is a party in more at once than a page holds."""
    answer = await page.get_if_there("mediation", "/v1/mediations", needs_me="true", limit="100")
    return [MediationLine.model_validate(one) for one in answer["items"]] if answer else []
