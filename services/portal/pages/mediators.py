"""What mediators say of themselves and when they can be had; the committee's list of them, and its rooms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import hours, members, places, receipts
from services.portal.answers import AffectedSession, Mediator, Profile, Room
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, figure
from services.portal.gateway import Away, Problem
from services.portal.numbers import number_of
from services.portal.page import OwnPage, Page, SentForm
from services.portal.steps import LANGUAGES
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

Refused = Mistakes | Problem | Away
Who = Literal["me"] | UUID

TOPICS = ("noise", "fire_safety", "sanitation", "other")
COURSES = ("mediation_skills", "listening_basics", "law_basics", "noise_measuring", "privacy")
"""Courses that can be chosen by name; others that were entered stay."""

COURSE_ROWS = 2
ROOM_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
NEW_ROOM = "new"
SHOWN_HERE = UUID(int=2)
"""What a receipt is about that is shown on these pages."""


@router.get("/mediators")
async def mediators(page: OwnPage) -> Response:
    """The committee's list: who mediates, what they speak and know, and what was entered about them."""
    if "coordinator" not in page.session.roles:
        raise NotFound
    answer = await page.get("mediation", "/v1/mediators")
    names = dict(await members.listed(page, role="mediator"))
    found = [Mediator.model_validate(one) for one in answer["items"]]
    return page.html(
        "mediators.html", mediators=[(names.get(str(one.id), str(one.id)), one) for one in found]
    )


@router.get("/mediators/me/hours")
async def own_hours(page: OwnPage) -> Response:
    """Every week, and the days that differ."""
    return await _hours_page(page, page.draft_for("/mediators/me/hours") or await _kept_hours(page))


@router.post("/mediators/me/hours")
async def keep_hours(page: OwnPage, form: SentForm) -> Response:
    """What stands in the form is all there is: a row made empty is gone."""
    try:
        body = {"weekly": hours.week_in(form), "exceptions": hours.days_in(form)}
        await page.send("mediation", "/v1/mediators/me/availability", body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _hours_page(page, form, error)
    return await _kept(page, "/mediators/me/hours")


@router.get("/mediators/{who}/profile")
async def profile(page: OwnPage, who: Who) -> Response:
    """Languages, topics, courses, how many at once, and whom they are too near to."""
    typed = page.draft_for(page.request.url.path)
    kept = await _profile(page, who)
    return await _profile_page(page, who, kept, typed or _typed_profile(kept))


@router.post("/mediators/{who}/profile")
async def keep_profile(page: OwnPage, who: Who, form: SentForm) -> Response:
    """Keeps it; or looks up places first."""
    kept = await _profile(page, who)
    if form["step"] == "places":
        return await _profile_page(page, who, kept, form)
    try:
        near = await members.by_number(page, form["member_number"], "member_number")
        body = _profile_in(form.saying(member_number=near))
        address = f"/v1/mediators/{who}/profile"
        await page.send("mediation", address, body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _profile_page(page, who, kept, form, error)
    return await _kept(page, f"/mediators/{who}/profile")


@router.get("/rooms")
async def rooms(page: OwnPage) -> Response:
    """The rooms sessions are held in, and when they are open."""
    draft = page.draft_for("/rooms")
    return await _rooms_page(page, draft["room"] if draft else "", draft)


@router.post("/rooms")
async def keep_room(page: OwnPage, form: SentForm) -> Response:
    """A room that is known keeps its code; a new one must not take a known one's.

    Where sessions are fixed that it would be closed for, they are shown first, and it is kept once they were seen.
    """
    try:
        code = await _code_in(page, form)
        when = {"weekly": hours.week_in(form), "exceptions": hours.days_in(form)}
        if not form["name"]:
            raise Mistakes(name="field_missing")
        body = {"name": form["name"], **when}
        affected = await _affected(page, code, body)
        if not {str(one.mediation_id) for one in affected} <= {*form.all("affected")}:
            return await _rooms_page(page, form["room"], form, affected=affected)
        await page.send("mediation", f"/v1/rooms/{code}", body, key=form[KEY_FIELD], method="PUT")
    except (Mistakes, Problem, Away) as error:
        return await _rooms_page(page, form["room"], form, error)
    return await _kept(page, "/rooms")


async def _kept(page: Page, path: str) -> Response:
    await receipts.keep(page, SHOWN_HERE, {"next": page.say("kept")})
    return page.go(path)


async def _kept_hours(page: Page) -> Form:
    answer = await page.get("mediation", "/v1/mediators")
    found = (Mediator.model_validate(one) for one in answer["items"])
    person = page.session.person
    own = next((one.availability for one in found if person is not None and one.id == person.id), None)
    if own is None:
        raise NotFound
    return Form(hours.week_of(own.weekly) | hours.days_of(own.exceptions, page.today))


async def _hours_page(page: Page, typed: Form, error: Refused | None = None) -> Response:
    return page.form(
        "hours.html",
        trouble=page.trouble(error, typed[KEY_FIELD]),
        typed=typed,
        rows=hours.rows(typed),
        except_rows=hours.except_rows(typed),
        receipt=await receipts.shown_once(page, SHOWN_HERE),
    )


async def _profile(page: Page, who: Who) -> Profile:
    return Profile.model_validate(await page.get("mediation", f"/v1/mediators/{who}/profile"))


def _typed_profile(kept: Profile) -> Form:
    return Form(
        {
            "languages": list(kept.languages),
            "topics": list(kept.topics),
            "course": [one.code for one in kept.training],
            "course_on": [one.on.isoformat() for one in kept.training],
            "limit": ["" if kept.limit is None else str(kept.limit)],
            "members": [str(one) for one in kept.members],
            "places": [str(one) for one in kept.places],
        }
    )


async def _profile_page(
    page: Page, who: Who, kept: Profile, typed: Form, error: Refused | None = None
) -> Response:
    buildings = await places.buildings(page)
    near = [*dict.fromkeys(str(one) for one in (*kept.places, *_ids(typed.all("places"))))]
    others = [one.code for one in kept.training if one.code not in COURSES]
    return page.form(
        "profile.html",
        trouble=page.trouble(error, typed[KEY_FIELD]),
        typed=typed,
        who=who,
        languages=LANGUAGES,
        topics=TOPICS,
        courses=[*COURSES, *others],
        course_rows=len([one for one in typed.all("course") if one]) + COURSE_ROWS,
        near_places=[(one, await places.named(page, UUID(one)) or one) for one in near],
        near_members=await _near_members(page, kept),
        buildings=buildings,
        found=await places.found(page, buildings, building=typed["building"], words=typed["place_text"]),
        receipt=await receipts.shown_once(page, SHOWN_HERE),
    )


async def _near_members(page: Page, kept: Profile) -> list[members.Option]:
    """By name for whoever may read the register; a mediator knows the number they entered."""
    if not kept.members:
        return []
    names = dict(await members.listed(page, limit="100"))
    return [(str(one), names.get(str(one), number_of(one))) for one in kept.members]


def _ids(typed: Iterable[str]) -> list[UUID]:
    """Those that are ids; a field that is none is named when it is sent."""
    return [UUID(one) for one in typed if _is_id(one)]


def _is_id(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True


def _profile_in(form: Form) -> dict[str, Any]:
    """What the service is sent. Raises Mistakes, each beside its field."""
    return {
        "languages": [code for code in form.all("languages") if code in LANGUAGES],
        "topics": [code for code in form.all("topics") if code in TOPICS],
        "training": _courses_in(form),
        "limit": _limit_in(form),
        "members": _numbers_in(form, "members", "member_number", wrong="number_wrong"),
        "places": _numbers_in(form, "places", "place_id" if form["place_id"] else "building"),
    }


def _courses_in(form: Form) -> list[dict[str, str]]:
    courses = zip(form.all("course"), form.all("course_on"), strict=False)
    filled = [(number, code, on) for number, (code, on) in enumerate(courses) if code or on]
    wrong = {f"course_{number}": "course_wrong" for number, code, on in filled if not (code and on)}
    if wrong:
        raise Mistakes(**wrong)
    return [{"code": code, "on": on} for _, code, on in filled]


def _limit_in(form: Form) -> int | None:
    limit = figure(form, "limit")
    if limit is None:
        return None
    if limit != int(limit):
        raise Mistakes(limit="field_wrong")
    return int(limit)


def _numbers_in(form: Form, ticked: str, added: str, *, wrong: str = "field_wrong") -> list[str]:
    """Those that stay ticked and what is added to them, each once; a place found stands for its building."""
    if form[added] and not _is_id(form[added]):
        raise Mistakes(**{added: wrong})
    return [*dict.fromkeys(str(one) for one in _ids([*form.all(ticked), form[added]]))]


async def _known_rooms(page: Page) -> list[Room]:
    answer = await page.get("mediation", "/v1/rooms")
    return [Room.model_validate(one) for one in answer["items"]]


async def _affected(page: Page, code: str, body: dict[str, Any]) -> list[AffectedSession]:
    answer = await page.send("mediation", f"/v1/rooms/{code}/affected", body)
    return [AffectedSession.model_validate(one) for one in answer["items"]]


async def _code_in(page: Page, form: Form) -> str:
    known = {room.code for room in await _known_rooms(page)}
    if form["room"] in known:
        return form["room"]
    code = form["code"].upper()
    if not ROOM_CODE.fullmatch(code):
        raise Mistakes(code="room_code_wrong")
    if code in known:
        raise Mistakes(code="room_code_taken")
    return code


async def _rooms_page(
    page: Page,
    tried: str = "",
    typed: Form | None = None,
    error: Refused | None = None,
    *,
    affected: Sequence[AffectedSession] = (),
) -> Response:
    """Each room with its own form, the one that was tried as it was typed; last an empty one for a new room."""
    if "coordinator" not in page.session.roles:
        raise NotFound
    known = await _known_rooms(page)
    stored = {room.code: _typed_room(page, room) for room in known}
    stored[NEW_ROOM] = Form()
    if typed is not None and tried in stored:
        stored[tried] = typed
    return page.form(
        "rooms.html",
        trouble=page.trouble(error, typed[KEY_FIELD] if typed else ""),
        tried=tried,
        rooms=[(code, form, hours.rows(form), hours.except_rows(form)) for code, form in stored.items()],
        new=NEW_ROOM,
        affected=affected,
        receipt=await receipts.shown_once(page, SHOWN_HERE),
    )


def _typed_room(page: Page, room: Room) -> Form:
    when = hours.week_of(room.weekly) | hours.days_of(room.exceptions, page.today)
    return Form(when | {"name": [room.name]})
