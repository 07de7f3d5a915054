"""Entering many places at once, some of them with each request, so that the page can say how far it is."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import keeping, places
from services.portal.door import PageRoute
from services.portal.entering import AT_ONCE, MOST_LINES, Line, Work
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, Trouble
from services.portal.rendering import sentence
from shared.texts import LANGUAGES

router = APIRouter(route_class=PageRoute)

HERE = "/alliance/places/import"
KINDS = ("block", "building", "unit", "shop", "room")


@router.get(HERE)
async def ask(page: OwnPage) -> Response:
    """A table is pasted here; one that was under way when the session ended goes on."""
    keeping.require_staff(page)
    draft = page.draft_for(HERE) or Form()
    if draft.typed:
        await page.visitor.keep(draft=None)
    return _shown(page, Work.of(draft), Trouble(key=draft[KEY_FIELD]))


@router.post(HERE)
async def enter(page: OwnPage, form: SentForm) -> Response:
    """Enters the first lines of what waits; the page comes for the rest, under the same key."""
    keeping.require_staff(page)
    work = Work.of(form)
    try:
        required(form, "rows")
        if work.total > MOST_LINES:
            raise Mistakes(rows="enter_too_many")
        for _ in work.waiting[:AT_ONCE]:
            work = await _first_entered(page, work, form[KEY_FIELD])
    except (Mistakes, Away) as error:
        return _shown(page, work, page.trouble(error, form[KEY_FIELD]))
    return _shown(page, work, Trouble(key=form[KEY_FIELD]))


async def _first_entered(page: Page, work: Work, key: str) -> Work:
    """The work after the first line that waits. Raises Away."""
    line = Line.read(work.waiting[0], _kinds())
    if line is None:
        return work.was_refused(page.say("enter_line_wrong"))
    try:
        around = await places.called(page, line.inside) if line.inside else []
        if line.inside and len(around) != 1:
            return work.was_refused(page.say("enter_inside_several" if around else "enter_inside_unknown"))
        inside = around[0].id if around else None
        named = await places.called(page, line.name)
        if any((one.kind, one.parent_id) == (line.kind, inside) for one in named):
            return work.was_there()
        await page.send("alliance", "/v1/places", _body(line, inside), key=f"{key}-{work.done}")
    except Problem as problem:
        return work.was_refused(problem.errors[0].detail if problem.errors else problem.detail)
    return work.has_entered()


def _body(line: Line, inside: UUID | None) -> dict[str, str]:
    written = {"kind": line.kind, "name": line.name, "trade": line.trade}
    written["parent_id"] = str(inside) if inside else ""
    return {name: value for name, value in written.items() if value}


def _kinds() -> dict[str, str]:
    """Each kind by its code and by the words for it in either language."""
    said = {sentence(f"place_{kind}", one, plain=False).lower(): kind for kind in KINDS for one in LANGUAGES}
    return said | {kind: kind for kind in KINDS}


def _shown(page: Page, work: Work, trouble: Trouble) -> Response:
    """What was refused stands in the field again, to be mended, once nothing waits."""
    rows = work.waiting or [line for line, _ in work.refused]
    return page.form("entering.html", trouble=trouble, work=work, rows="\n".join(rows))
