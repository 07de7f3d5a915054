"""Filing: write first, sign in at the end, and nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import attached, categories, forms, kinds, members, places, questions
from services.portal.answers import Alike, CaseReceipt, Similar
from services.portal.attached import Attached
from services.portal.categories import IDENTITIES
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import Page, SentForm, SignInNeeded, ThePage
from services.portal.sessions import Receipt

router = APIRouter(route_class=PageRoute)

RELATIONS = ("kin", "neighbour", "captain", "volunteer", "staff", "other")
CONSENTS = ("told_in_person", "phone", "written")
"""As what somebody files for another, and how that one agreed."""

UPLOADS = "/file"
"""Where the form with its files is sent."""

OWN_CASE = "own"
"""What somebody chooses who was shown a like matter, and files their own."""


@router.get("/file")
async def ask(
    page: ThePage,
    *,
    category: str = "",
    subcategory: str = "",
    q: str = "",
    continues: str = "",
    linked_to: str = "",
    place: str = "",
    safe: str = "",
    building: str = "",
    at: str = "",
) -> Response:
    """First what it is about, then the form; a form left for signing in comes back as it was.

    Where somebody may be in danger, that comes before any field and before any sign-in: `safe` says that nobody is
    (yes), or that they got out (now).

    `q` looks for a kind of matter by one's own words; `subcategory` is the one that was found.

    `continues` is the reference of the own earlier case that comes back, `linked_to` of one that this stands beside;
    `place` is the id of where a poster hangs; `building` and `at` are the house and the door picked on the block plan.
    """
    waiting = page.draft_for("/file")
    told = {"continues": continues, "linked_to": linked_to, "poster_place": place}
    chosen = {name: [value] for name, value in told.items() if value}
    picked = {"building": [building], "place_id": [at]} if building else {}
    if category:
        chosen |= {"category": [category]} | ({"subcategory": [subcategory]} if subcategory else {})
        if not safe and (danger := await _danger_page(page, Form(chosen | picked))):
            return danger
        if safe == "now":
            chosen["happening_now"] = ["yes"]
        return await _form_page(page, Form((waiting.typed if waiting else {}) | chosen | picked))
    if waiting is not None and not chosen and not q:
        return await _form_page(page, Form(waiting.typed | picked))
    return await _category_page(page, Form(chosen | picked), q)


@router.post("/file")
async def send(page: ThePage, form: SentForm) -> Response:
    """Files it; or looks up places, or goes back to the categories, with everything typed kept."""
    form, refused = await attached.taken(page, form)
    if refused is not None:
        return await _not_sent(page, form, refused)
    if (elsewhere := await _elsewhere(page, form)) is not None:
        return elsewhere
    try:
        body = _body(form) | {"details": await _details(page, form)}
        if not page.session.signed_in and not _may_come_from_a_stranger(form):
            raise SignInNeeded
        files = await _files(page, form)
        if alike := await _alike(page, form, body):
            return await _form_page(page, form, alike=alike)
        answer = await page.send("complaints", "/v1/cases", body, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _not_sent(page, form, error)
    receipt = CaseReceipt.model_validate(answer)
    brought = await attached.lay_before(page, receipt.id, files)
    kept = _kept(receipt, anonymous=body["identity"] == "anonymous")
    kept = replace(kept, files=brought, files_missing=len(files) - brought)
    await page.visitor.keep(receipt=kept, draft=None)
    return page.go(f"/cases/{receipt.id}/receipt")


async def _not_sent(page: Page, form: Form, error: Mistakes | Problem | Away) -> Response:
    if isinstance(error, Away):
        await page.keep_draft(form)
    return await _form_page(page, form, error)


async def _files(page: Page, form: Form) -> list[Attached]:
    """What was chosen to go with it. Raises Mistakes where some of it is gone, and where none may go with it."""
    files = await attached.in_form(page, form, sent_too=True)
    if len(files) < len(form.all(attached.FIELD)):
        raise Mistakes(photos="lost_files")
    if files and form["identity"] == "anonymous":
        raise Mistakes(identity="file_attached_anonymous")
    if files and form.says("affected_under_14"):
        raise Mistakes(photos="file_attached_under_14")
    if files and await _only_helps(page, form):
        raise Mistakes(photos="file_attached_for_somebody")
    return files


async def _only_helps(page: Page, form: Form) -> bool:
    """Whether they file for somebody else and have nothing more to do with the case from then on.

    For family they have where they live together, as the filing will find (`acts_for` in the policy of complaints); the
    coordinator looks after it whomever it is filed for.
    """
    if not form["on_behalf_of"] or "coordinator" in page.session.roles:
        return False
    if form["relation"] != "kin":
        return True
    return form["on_behalf_of"] not in {member for member, _ in await members.at_home(page)}


async def _elsewhere(page: Page, form: Form) -> Response | None:
    """Where the button leads that was pressed, with everything typed kept; None if it is to be sent."""
    if form[attached.DROPPED]:
        return await _form_page(page, form)
    match form["step"]:
        case "places" | "questions" | "attach":
            return await _form_page(page, form)
        case "category":
            await page.keep_draft(form)
            return await _category_page(page, form)
        case "plan":
            await page.keep_draft(form)
            return page.go("/plan")
        case "discard":
            await page.visitor.keep(draft=None)
            return page.go("/file")
        case _:
            return None


def _may_come_from_a_stranger(form: Form) -> bool:
    """Whoever reads a poster may tell of its place without saying who they are, and with words alone."""
    return (
        form["identity"] == "anonymous"
        and not form.lost_files
        and bool(form["poster_place"])
        and not (form["continues"] or form["linked_to"])
    )


async def _alike(page: Page, form: Form, body: dict[str, Any]) -> list[tuple[Alike, str | None]]:
    """Open cases of about the same and their places, shown once before anything is sent; no emergency waits for it."""
    if form["alike"] or not page.session.signed_in or "place_id" not in body:
        return []
    subcategory = (await categories.labels(page)).find_sub(form["category"], form["subcategory"])
    if subcategory is None or subcategory.emergency != "never":
        return []
    try:
        answer = Similar.model_validate(await page.send("complaints", "/v1/cases/similar", body))
    except (Problem, Away):
        return []
    return [(one, await places.named(page, one.place_id)) for one in answer.items]


async def _details(page: Page, form: Form) -> dict[str, Any]:
    subcategory = (await categories.labels(page)).find_sub(form["category"], form["subcategory"])
    return questions.answers_in(form, subcategory.questions if subcategory else ())


async def _danger_page(page: Page, told: Form) -> Response | None:
    """Whom to call, before the form of a kind of matter by which people may be in danger; None for any other."""
    category = (await categories.labels(page)).find(told["category"])
    if category is None or not category.calls:
        return None
    text = page.word("danger", category.code)
    if text == category.code:
        return None
    kind = {"category": category.code} | ({"subcategory": sub} if (sub := told["subcategory"]) else {})
    more = urlencode(kind | _said_by_link(told))
    return page.html("danger.html", calls=category.calls, text=text, more=more)


async def _category_page(page: Page, told: Form, q: str = "") -> Response:
    """Whatever a link said goes on to the form."""
    labels = await categories.labels(page)
    if not labels.choices.categories:
        raise Away("complaints")
    said = _said_by_link(told)
    return page.html(
        "file_category.html",
        categories=labels.choices.categories,
        q=q,
        kinds=kinds.found(labels.choices.categories, q),
        said_by_link=said,
        more=urlencode(said),
    )


def _said_by_link(told: Form) -> dict[str, str]:
    known = {
        "continues": told["continues"],
        "linked_to": told["linked_to"],
        "place": told["poster_place"],
        "building": told["building"],
        "at": told["place_id"],
    }
    return {name: value for name, value in known.items() if value}


async def _form_page(
    page: Page,
    typed: Form,
    error: Mistakes | Problem | Away | None = None,
    *,
    alike: Sequence[tuple[Alike, str | None]] = (),
) -> Response:
    category = (await categories.labels(page)).find(typed["category"])
    if category is None:
        return await _category_page(page, typed)
    trouble = page.trouble(error, typed[KEY_FIELD])
    buildings = await places.buildings(page)
    files = await attached.in_form(page, typed)
    return page.form(
        "file.html",
        trouble=trouble,
        typed=typed,
        category=category,
        subcategory=category.sub(typed["subcategory"]),
        identities=IDENTITIES,
        neighbours=await members.to_help(page),
        relations=RELATIONS,
        consents=CONSENTS,
        attached=files,
        lost_files=typed.lost_files or len(files) < len(typed.all(attached.FIELD)),
        buildings=buildings,
        alike=alike,
        found=await places.found(page, buildings, building=typed["building"], words=typed["place_text"]),
    )


def _kept(answer: CaseReceipt, *, anonymous: bool) -> Receipt:
    return Receipt(
        answer.id,
        answer.next,
        answer.due,
        answer.reference,
        anonymous,
        answer.lookup_secret,
        has_page=not anonymous and answer.status != "minor",
        emergency=answer.emergency,
        proof=answer.proof,
    )


def _body(form: Form) -> dict[str, Any]:
    """What the complaints service is sent. Raises Mistakes."""
    forms.required(form, "subcategory", "description")
    body: dict[str, Any] = {name: form[name] for name in ("category", "subcategory", "description")}
    body |= _place(form)
    body["identity"] = form["identity"] or "named"
    body["happening_now"] = form.says("happening_now")
    if form.says("affected_under_14"):
        body["affected_under_14"] = True
    body |= {name: form[name] for name in ("continues", "linked_to", "respondent_fact") if form[name]}
    if form.says("carry_over"):
        body["carry_over"] = True
    if form["joins"] not in ("", OWN_CASE):
        body["joins"] = _id(form["joins"])
    if form["day"]:
        body["occurred_at"] = _moment(form)
    return body | _for_somebody(form)


def _for_somebody(form: Form) -> dict[str, Any]:
    """Whom it is filed for, and how they agreed. Raises Mistakes where that was not said."""
    if not form["on_behalf_of"]:
        return {}
    forms.required(form, "relation", "consent_how", "consent_day")
    try:
        agreed_at = forms.local_moment(form["consent_day"], form["consent_time"] or "12:00")
    except ValueError:
        raise Mistakes(consent_day="field_wrong") from None
    return {
        "on_behalf_of": _person(form["on_behalf_of"]),
        "relation": form["relation"],
        "consent": {"how": form["consent_how"], "at": agreed_at},
    }


def _place(form: Form) -> dict[str, str]:
    place = form["place_id"] or form["building"] or form["poster_place"]
    if place:
        return {"place_id": _id(place)}
    if form["place_text"]:
        return {"place_text": form["place_text"]}
    raise Mistakes(place_text="place_missing")


def _person(member: str) -> str:
    try:
        return str(UUID(member))
    except ValueError:
        raise Mistakes(on_behalf_of="field_wrong") from None


def _id(place: str) -> str:
    try:
        return str(UUID(place))
    except ValueError:
        raise Mistakes(place_text="field_wrong") from None


def _moment(form: Form) -> str:
    try:
        return forms.local_moment(form["day"], form["time"] or "12:00")
    except ValueError:
        raise Mistakes(day="field_wrong") from None
