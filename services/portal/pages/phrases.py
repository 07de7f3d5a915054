"""What the alliance says often: written by those who run it, offered beside the forms in which it is said."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from services.portal import keeping
from services.portal.answers import Phrase
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.keeping import Refusal
from services.portal.page import OwnPage, Page, SentForm

router = APIRouter(route_class=PageRoute)

WORDS = ("used_in", "title_zh", "text_zh", "title_en", "text_en")
PATH = "/alliance/phrases"


@router.get(PATH)
async def phrases(page: OwnPage) -> Response:
    """Each with its own form, and an empty one for the next."""
    return await _show(page, page.draft_for(PATH))


@router.post(PATH)
async def keep(page: OwnPage, form: SentForm) -> Response:
    """A known one anew, or the next; or lets go of one."""
    keeping.require_staff(page)
    try:
        if form["step"] == "forget":
            await page.send("complaints", f"/v1/phrases/{_id(form)}/forget", {}, key=form[KEY_FIELD])
        else:
            required(form, "used_in", "title_zh", "text_zh")
            body = {name: form[name] for name in WORDS if form[name]}
            await page.send("complaints", f"/v1/phrases/{_id(form)}", body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _show(page, form, error)
    return await keeping.kept(page, PATH)


def _id(form: Form) -> UUID:
    try:
        return UUID(form["id"])
    except ValueError:
        raise Mistakes(title_zh="field_wrong") from None


async def _show(page: Page, typed: Form | None = None, error: Refusal | None = None) -> Response:
    """The one that was tried stands there as it was typed."""
    keeping.require_staff(page)
    answer = await page.get("complaints", "/v1/phrases")
    known = [Phrase.model_validate(one) for one in answer["items"]]
    forms = {str(one.id): Form({name: [getattr(one, name) or ""] for name in WORDS}) for one in known}
    tried = typed["id"] if typed else ""
    new = tried if tried and tried not in forms else str(uuid4())
    forms |= {new: Form()} | ({tried: typed} if typed and tried else {})
    return await keeping.shown(page, "phrases.html", typed, error, forms=forms, new=new, tried=tried)
