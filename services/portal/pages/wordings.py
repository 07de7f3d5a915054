"""What the notices say, kind by kind in both languages: the standard, the alliance's own words, and how they read."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Response

from services.portal import keeping
from services.portal.answers import NoticeWords, WordedKind, Wording, WordingPreview
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, Segment, SentForm
from shared.texts import Language

router = APIRouter(route_class=PageRoute)

PATH = "/alliance/wordings"
GROUPS = ("required", "my_turn", "progress", "messages", "desk")
WORDS = ("title", "body", "dates")


@router.get(PATH)
async def kinds(page: OwnPage) -> Response:
    """Every kind of notice, by what it is to its reader."""
    keeping.require_staff(page)
    answer = await page.get("notifications", "/v1/wordings")
    found = sorted((WordedKind.model_validate(one) for one in answer["items"]), key=_place)
    groups = [(group, list(those)) for group, those in groupby(found, lambda one: one.group)]
    return page.html("wordings.html", groups=groups)


@router.get(PATH + "/{kind}/{language}")
async def wording(page: OwnPage, kind: Segment, language: Language) -> Response:
    """One kind in one language."""
    _, typed = page.take_up()
    return await _show(page, f"{kind}/{language}", typed)


@router.post(PATH + "/{kind}/{language}")
async def set_wording(page: OwnPage, kind: Segment, language: Language, form: SentForm) -> Response:
    """The alliance's own words from now on, or the standard again; `preview` shows them to their writer alone."""
    at = f"{kind}/{language}"
    keeping.require_staff(page)
    try:
        if form["step"] == "restore":
            await _ask(page, f"{at}/restore", _follows(form), form)
        else:
            required(form, "title", "body")
            if form["step"] == "preview":
                seen = await page.send("notifications", f"/v1/wordings/{at}/preview", _words(form))
                return await _show(page, at, form, seen=WordingPreview.model_validate(seen))
            await _ask(page, at, _words(form) | _follows(form), form, method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _show(page, at, form, error)
    return await keeping.kept(page, f"{PATH}/{at}")


async def _ask(page: Page, at: str, body: dict[str, Any], form: Form, *, method: str = "POST") -> None:
    await page.send("notifications", f"/v1/wordings/{at}", body, key=form[KEY_FIELD], method=method)


def _words(form: Form) -> dict[str, Any]:
    return {name: form[name] for name in WORDS}


def _follows(form: Form) -> dict[str, Any]:
    """The version that was looked at: the service refuses where somebody changed it since."""
    return {"follows": int(form["follows"]) if form["follows"].isdecimal() else 0}


def _place(one: WordedKind) -> int:
    return GROUPS.index(one.group)


def _stored(words: NoticeWords, version: int) -> Form:
    return Form({name: [getattr(words, name)] for name in WORDS} | {"follows": [str(version)]})


async def _show(
    page: Page,
    at: str,
    typed: Form | None = None,
    error: Refusal | None = None,
    *,
    seen: WordingPreview | None = None,
) -> Response:
    """With `seen`, as it would read if it were kept."""
    keeping.require_staff(page)
    now = Wording.model_validate(await page.get("notifications", f"/v1/wordings/{at}"))
    return await keeping.shown(
        page,
        "wording.html",
        typed or _stored(now.words, now.version),
        error,
        now=now,
        preview=seen or now.preview,
        is_typed=seen is not None,
    )
