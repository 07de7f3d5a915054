"""Covenants: everybody reads what is in force, those who run the alliance enter what a meeting adopted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import alliances, keeping
from services.portal.answers.covenants import Covenant, CovenantSummary
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes, day_in
from services.portal.gateway import Away, FieldError, Problem
from services.portal.keeping import Act, Refusal
from services.portal.page import OwnPage, Page, SentForm, ThePage

router = APIRouter(route_class=PageRoute)

SIDES = ("residents", "merchants")
ADOPTERS = (SIDES, ("residents",), ("merchants",))
"""Both, each by itself, or one of them."""

MEETINGS = ("joint_meeting", "residents_meeting", "merchants_meeting")
MOST_COUNTED = 100_000


def _version(form: Form) -> dict[str, Any]:
    """A version as it was typed: the clauses there were under their numbers, new ones under the next."""
    filed = {"filed_on": day_in(form, "filed_on")} if form["filed_on"] else {}
    title_en = {"title_en": form["title_en"]} if form["title_en"] else {}
    clauses, sides = list(_clauses(form)), form["sides"].split()
    missing = {name: "field_missing" for name, said in (("new", clauses), ("sides", sides)) if not said}
    if missing:
        raise Mistakes(**missing)
    return {
        "title": form["title"],
        "clauses": clauses,
        "sides": sides,
        "adopted_on": day_in(form, "adopted_on"),
        "meeting": {"kind": form["kind"], "place": form["place"], "counts": list(_counts(form))},
        "in_force_from": day_in(form, "in_force_from"),
    } | (title_en | filed)


def _clauses(form: Form) -> Iterator[dict[str, Any]]:
    """One left empty is dropped. New ones are one a line."""
    for number, text in zip(form.all("number"), form.all("clause"), strict=False):
        if text:
            yield {"number": _number(number, "new"), "text": text}
    first = _number(form["next_number"] or "1", "new")
    lines = [line.strip() for line in form["new"].splitlines() if line.strip()]
    yield from ({"number": number, "text": text} for number, text in enumerate(lines, first))


def _counts(form: Form) -> Iterator[dict[str, Any]]:
    for side in SIDES:
        present, in_favour = f"{side}_present", f"{side}_in_favour"
        if form[present] or form[in_favour]:
            yield {
                "side": side,
                "present": _number(form[present], present),
                "in_favour": _number(form[in_favour], in_favour),
            }


def _number(typed: str, name: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed) <= MOST_COUNTED):
        raise Mistakes(**{name: "field_wrong"})
    return int(typed)


def _follows(form: Form) -> dict[str, Any]:
    """How many versions the page showed: what came meanwhile is not replaced, filed or ended unseen."""
    return {"follows": _number(form["follows"], "follows")}


def _next(form: Form) -> dict[str, Any]:
    return _version(form) | _follows(form)


def _filed(form: Form) -> dict[str, Any]:
    return {"on": day_in(form, "on")} | _follows(form)


def _ended(form: Form) -> dict[str, Any]:
    return {"on": day_in(form, "on"), "reason": form["reason"]} | _follows(form)


WHOLE = ("title", "adopted_on", "kind", "place", "in_force_from")
NEW = Act("/v1/covenants", _version, WHOLE)
ACTS: Mapping[str, Act] = {
    "version": Act("/v1/covenants/{target}/versions", _next, WHOLE),
    "filing": Act("/v1/covenants/{target}/filing", _filed, ("on",)),
    "end": Act("/v1/covenants/{target}/end", _ended, ("on", "reason")),
}
"""What can be done to a covenant."""


@router.get("/covenants/{id}")
async def show(page: ThePage, id: UUID) -> Response:
    """Its clauses, since when they are in force and how they were adopted, to read and to print."""
    covenant = Covenant.model_validate(await page.get("alliance", f"/v1/covenants/{id}"))
    return page.html("covenant.html", covenant=covenant)


@router.get("/alliance/covenants")
async def listed(page: OwnPage) -> Response:
    """All of them, and a form for the next."""
    _, typed = page.take_up()
    return await _list_page(page, typed)


@router.post("/alliance/covenants/new")
async def register(page: OwnPage, form: SentForm) -> Response:
    """Enters what a meeting adopted; from its day on everybody reads it."""
    keeping.require_staff(page)
    try:
        answer = await NEW.ask(page, "", form)
    except (Mistakes, Problem, Away) as error:
        return await _list_page(page, form, error)
    return await keeping.kept(page, f"/alliance/covenants/{Covenant.model_validate(answer).id}")


@router.get("/alliance/covenants/{id}")
async def file(page: OwnPage, id: UUID) -> Response:
    """One covenant, and what can be done to it."""
    return await _file_page(page, id, *page.take_up())


@router.post("/alliance/covenants/{id}/{act}")
async def change(page: OwnPage, id: UUID, act: str, form: SentForm) -> Response:
    """The next version, the day of its filing, or its end."""
    keeping.require_staff(page)
    found = keeping.find(ACTS, act)
    try:
        await found.ask(page, id, form)
    except Problem as error:
        return await _file_page(page, id, act, form, beside_its_clause(error, form))
    except (Mistakes, Away) as error:
        return await _file_page(page, id, act, form, error)
    return await keeping.kept(page, f"/alliance/covenants/{id}")


def beside_its_clause(error: Problem, form: Form) -> Problem:
    """The same, where what is said of a clause that was there before stands at that clause.

    New ones share a field, and what is said of them stands there.
    """
    rows = zip(form.all("number"), form.all("clause"), strict=False)
    kept = [number for number, text in rows if text]
    return replace(error, errors=tuple(_placed(one, kept) for one in error.errors))


def _placed(said: FieldError, kept: list[str]) -> FieldError:
    match said.pointer.split("/"):
        case ["", "clauses", index, *_] if int(index) < len(kept):
            return replace(said, pointer=f"/clause_{kept[int(index)]}")
        case _:
            return said


def all_in(answer: Any) -> list[CovenantSummary]:
    """Those of a list, or none while the service is away."""
    return [CovenantSummary.model_validate(one) for one in answer["items"]] if answer else []


async def _list_page(page: Page, typed: Form | None = None, error: Refusal | None = None) -> Response:
    keeping.require_staff(page)
    answer = await page.get("alliance", f"{alliances.address(page)}/covenants")
    return await keeping.shown(
        page,
        "covenants.html",
        typed,
        error,
        covenants=all_in(answer),
        tried="new" if typed else "",
        **_choices(page),
    )


async def _file_page(
    page: Page, id: UUID, act: str = "", typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    covenant = Covenant.model_validate(await page.get("alliance", f"/v1/covenants/{id}"))
    return await keeping.shown(
        page,
        "covenant_file.html",
        typed,
        error,
        covenant=covenant,
        tried=act,
        newest=_as_typed(covenant),
        **_choices(page),
    )


def _as_typed(covenant: Covenant) -> Form:
    """The newest version as a form would send it, to change what differs in the next."""
    newest = covenant.versions[0]
    return Form(
        {
            "title": [newest.title],
            "title_en": [newest.title_en or ""],
            "number": [str(clause.number) for clause in newest.clauses],
            "clause": [clause.text for clause in newest.clauses],
            "next_number": [str(covenant.next_number)],
            "sides": [" ".join(sorted(newest.sides, key=SIDES.index))],
            "kind": [newest.meeting.kind],
            "place": [newest.meeting.place],
        }
    )


def _choices(page: Page) -> dict[str, Any]:
    return {
        "sides": [(one, page.say(f"covenant_{one}")) for one in SIDES],
        "adopters": [
            (" ".join(one), page.say(f"covenant_adopted_by_{'_'.join(sorted(one))}")) for one in ADOPTERS
        ],
        "meetings": [(one, page.say(f"covenant_{one}")) for one in MEETINGS],
    }
