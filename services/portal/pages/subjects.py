"""What one may complain of in the alliance: its kinds with everything that is asked and said of them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from services.portal import categories, keeping, subjects
from services.portal.answers import Choices, SubcategoryEntry, SubcategoryQuestion, SubcategoryVersion
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, Segment, SentForm
from services.portal.subjects import Preview
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

NEW = "new"
"""In place of a question's code: one that is not asked yet."""


@router.get("/alliance/categories")
async def kinds(page: OwnPage) -> Response:
    """All kinds, those switched off too."""
    _, typed = page.take_up()
    return await _list(page, typed)


@router.post("/alliance/categories")
async def add_kind(page: OwnPage, form: SentForm) -> Response:
    """A new kind, which begins as another one is."""
    keeping.require_staff(page)
    try:
        every = {one.code for category in await _every(page) for one in category.subcategories}
        if form["like"] not in every:
            raise Mistakes(like="field_missing")
        code, body = subjects.like((await _versions(page, form["like"]))[0].entry, form, every)
        await _put(page, code, body, form)
    except (Mistakes, Problem, Away) as error:
        return await _list(page, form, error)
    return await keeping.kept(page, f"/alliance/categories/{code}")


@router.get("/alliance/categories/{code}")
async def kind(page: OwnPage, code: Segment) -> Response:
    """One kind with every version it had, and how whoever files is asked."""
    _, typed = page.take_up()
    return await _show(page, code, typed)


@router.post("/alliance/categories/{code}")
async def set_kind(page: OwnPage, code: Segment, form: SentForm) -> Response:
    """The next version, for filings from now on; a case keeps the one it was filed under."""
    now = await _now(page, code)
    try:
        entry = subjects.read(form, now)
        if form["step"] == "preview":
            return await _show(page, code, form, entry=entry)
        await _put(page, code, subjects.body(entry), form)
    except (Mistakes, Problem, Away) as error:
        return await _show(page, code, form, error)
    return await keeping.kept(page, f"/alliance/categories/{code}")


@router.get("/alliance/categories/{code}/questions/{question}")
async def question(page: OwnPage, code: Segment, question: Segment) -> Response:
    """One question that is asked about it, or a new one."""
    _, typed = page.take_up()
    return await _show_question(page, code, question, typed)


@router.post("/alliance/categories/{code}/questions/{question}")
async def set_question(page: OwnPage, code: Segment, question: Segment, form: SentForm) -> Response:
    """Asked so from now on, or not any more; `preview` shows it to whoever writes it alone."""
    now = await _now(page, code)
    _asked(now, question)
    try:
        if form["step"] == "remove":
            entry = subjects.without_question(now, question)
        else:
            written = subjects.read_question(form, now, question)
            if form["step"] == "preview":
                return await _show_question(page, code, question, form, written=written)
            entry = subjects.with_question(now, written, after=form["after"])
        await _put(page, code, subjects.body_of_questions(entry), form)
    except (Mistakes, Problem, Away) as error:
        return await _show_question(page, code, question, form, error)
    return await keeping.kept(page, f"/alliance/categories/{code}")


async def _put(page: Page, code: str, body: dict[str, Any], form: Form) -> None:
    """Refused by the service where somebody changed it since the form was shown."""
    follows = {"follows": int(form["follows"])} if form["follows"].isdecimal() else {}
    address = f"/v1/categories/{code}"
    await page.send("complaints", address, body | follows, key=form[KEY_FIELD], method="PUT")


async def _every(page: Page) -> tuple[Any, ...]:
    answer = await page.get("complaints", "/v1/categories", off="true")
    return Choices.model_validate(answer).categories


async def _versions(page: Page, code: str) -> list[SubcategoryVersion]:
    keeping.require_staff(page)
    answer = await page.get("complaints", f"/v1/categories/{code}")
    return [SubcategoryVersion.model_validate(one) for one in answer["items"]]


async def _now(page: Page, code: str) -> SubcategoryEntry:
    return (await _versions(page, code))[0].entry


async def _list(page: Page, typed: Form | None = None, error: Refusal | None = None) -> Response:
    keeping.require_staff(page)
    return await keeping.shown(page, "subjects.html", typed, error, categories=await _every(page))


async def _show(
    page: Page,
    code: str,
    typed: Form | None = None,
    error: Refusal | None = None,
    *,
    entry: SubcategoryEntry | None = None,
) -> Response:
    """With `entry`, as it would be seen if it were kept."""
    versions = await _versions(page, code)
    now, labels = versions[0].entry, await categories.labels(page)
    return await keeping.shown(
        page,
        "subject.html",
        typed or subjects.stored(now),
        error,
        versions=versions,
        now=now,
        labels=labels,
        choices=_choices(page),
        preview=Preview.of(entry or now, labels.choices, page.language),
        is_typed=entry is not None,
        free_rows=subjects.FREE_ROWS,
    )


async def _show_question(
    page: Page,
    code: str,
    question: str,
    typed: Form | None = None,
    error: Refusal | None = None,
    *,
    written: SubcategoryQuestion | None = None,
) -> Response:
    now = await _now(page, code)
    asked = _asked(now, question)
    seen = written or asked
    others = [one.named(page.language) for one in now.questions if one is not asked]
    return await keeping.shown(
        page,
        "subject_question.html",
        typed or subjects.stored_question(now, question),
        error,
        now=now,
        asked=asked,
        at=question,
        others=[(one.code, one.label) for one in others],
        kinds=[(kind, page.word("opt_question", kind)) for kind in subjects.KINDS],
        preview=seen and seen.asked(page.language),
        is_typed=written is not None,
        free_rows=subjects.FREE_ROWS,
    )


def _asked(now: SubcategoryEntry, question: str) -> SubcategoryQuestion | None:
    """What is asked already, None for what is new. Raises NotFound."""
    found = now.question(question)
    if found is None and question != NEW:
        raise NotFound
    return found


def _choices(page: Page) -> dict[str, list[tuple[str, str]]]:
    """What is chosen of, field by field, in words."""
    return {
        "path": [(one, page.word("opt_path", one)) for one in subjects.PATHS],
        "then": [(one, page.word("opt_path", one)) for one in subjects.THEN],
        "emergency": [(one, page.word("opt_emergency", one)) for one in subjects.EMERGENCIES],
        "call": [(one, f"{one} {page.word('call', one)}") for one in subjects.NUMBERS],
        "certainty": [(one, page.word("certainty", one)) for one in subjects.CERTAINTIES],
        "doer": [(one, page.word("opt_doer", one)) for one in subjects.DOERS],
    }
