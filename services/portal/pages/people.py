"""The members of the alliance: who holds which role where, who is new, who changes, and who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal import keeping, members, places
from services.portal.answers import Member
from services.portal.door import PageRoute
from services.portal.forms import Form, Mistakes, day_in
from services.portal.gateway import Away, Problem
from services.portal.keeping import Act, Refusal, typed
from services.portal.page import OwnPage, Page, SentForm
from services.portal.pages import erasing
from shared.contracts.alliance import Role

router = APIRouter(route_class=PageRoute)

ROLES = get_args(Role)
STAYS = ("lives", "trades", "works")
Words = Annotated[str, Query(max_length=40)]


def _contact(form: Form) -> dict[str, Any]:
    return typed("display_name", "email", "phone")(form) | {"language": form["language"] or "zh-CN"}


def _grant(form: Form) -> dict[str, Any]:
    return typed("role")(form) | {"place_id": form["scope"] or None}


def _new(form: Form) -> dict[str, Any]:
    stay = {"place_id": form["place_id"], "kind": form["stay"] or "lives"}
    return _contact(form) | {"grants": [_grant(form)], "occupancies": [stay] if form["place_id"] else []}


def _stay(form: Form) -> dict[str, Any]:
    from_day = {"from_day": day_in(form, "from_day")} if form["from_day"] else {}
    return {"place_id": form["place_id"], "kind": form["stay"]} | from_day


def _until(form: Form) -> dict[str, Any]:
    return {"until_day": day_in(form, "until_day")}


NEW = Act("/v1/members", _new, ("display_name", "role"))
ACTS: Mapping[str, Act] = {
    "contact": Act("/v1/members/{target}/contact", _contact, ("display_name",)),
    "grant": Act("/v1/members/{target}/grants", _grant, ("role",)),
    "withdraw": Act("/v1/members/{target}/grants/withdraw", _grant, ("role",)),
    "stay": Act("/v1/members/{target}/occupancies", _stay, ("place_id", "stay")),
    "kin": Act("/v1/members/{target}/kin", typed("relative_id"), ("relative_id",)),
    "end_stay": Act("/v1/occupancies/{occupancy}/end", _until, ("occupancy", "until_day")),
    "erase": Act("/v1/members/{target}/erasure", typed("consent"), ("consent", "sure")),
    "end": Act("/v1/members/{target}/end", lambda form: {"on": day_in(form, "on")}, ("on", "sure")),
}
"""What can be done to a member's entry."""


@router.get("/alliance/members")
async def members_page(
    page: OwnPage, q: Words = "", role: str = "", former: str = "", cursor: str | None = None
) -> Response:
    """All who belong, or those whose name holds the words."""
    _, typed = page.take_up()
    return await _list_page(page, Form({"q": [q], "role": [role], "former": [former]}), cursor, typed)


@router.post("/alliance/members/new")
async def register(page: OwnPage, form: SentForm) -> Response:
    """Enters somebody, who signs in with their contact from then on; or looks up places first."""
    if form["step"] == "places":
        return await _list_page(page, Form(), None, form)
    try:
        answer = await NEW.ask(page, "", form)
    except (Mistakes, Problem, Away) as error:
        return await _list_page(page, Form(), None, form, error)
    return await keeping.kept(page, f"/alliance/members/{Member.model_validate(answer).id}")


@router.get("/alliance/members/{id}")
async def member_page(page: OwnPage, id: UUID) -> Response:
    """One member, whole."""
    return await _file_page(page, id, *page.take_up())


@router.post("/alliance/members/{id}/{act}")
async def change(page: OwnPage, id: UUID, act: str, form: SentForm) -> Response:
    """One command of the register; or looks up places or a relative first."""
    found = keeping.find(ACTS, act)
    if form["step"]:
        return await _file_page(page, id, act, form)
    try:
        answer = await found.ask(page, id, form)
    except (Mistakes, Problem, Away) as error:
        return await _file_page(page, id, act, form, error)
    if act == "erase":
        return erasing.receipt(page, answer)
    return await keeping.kept(page, f"/alliance/members/{id}")


async def _list_page(
    page: Page, asked: Form, cursor: str | None, typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    query = {"q": asked["q"] or None, "role": asked["role"] or None}
    former = "true" if asked["former"] else "false"
    answer = await page.get("alliance", "/v1/members", **query, former=former, cursor=cursor)
    return await keeping.shown(
        page,
        "members.html",
        typed,
        error,
        members=[Member.model_validate(one) for one in answer["items"]],
        more=answer["next_cursor"],
        asked=asked,
        is_typed=typed is not None,
        **await _choices(page, typed),
    )


async def _file_page(
    page: Page, id: UUID, act: str = "", typed: Form | None = None, error: Refusal | None = None
) -> Response:
    keeping.require_staff(page)
    member = Member.model_validate(await page.get("alliance", f"/v1/members/{id}"))
    scopes = {one.place_id for one in member.grants if one.place_id}
    return await keeping.shown(
        page,
        "member.html",
        typed,
        error,
        tried=act,
        member=member,
        scopes={scope: await places.named(page, scope) for scope in scopes},
        relatives=await _namesakes(page, id, typed["relative"] if typed else ""),
        **await _choices(page, typed),
    )


async def _namesakes(page: Page, id: UUID, words: str) -> list[members.Option]:
    """Other members whose name holds the words, to choose whom somebody is kin to."""
    if not words:
        return []
    return [one for one in await members.listed(page, q=words) if one[0] != str(id)]


async def _choices(page: Page, typed: Form | None) -> dict[str, Any]:
    """Roles, buildings, and the places found by the words typed."""
    buildings = await places.buildings(page)
    words = typed["place_text"] if typed else ""
    found = await places.found(page, buildings, building="", words=words)
    return {
        "roles": [(role, page.word("role", role)) for role in ROLES],
        "stays": [(one, page.say(f"stay_{one}")) for one in STAYS],
        "buildings": [(str(one.id), one.name) for one in buildings],
        "found": [(str(one.id), one.name) for one in found if one.kind in places.INSIDE],
        "looked_up": bool(words),
    }
