"""One's home and shop: who belongs, asking somebody in, taking that back; and the other end of the link."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import receipts
from services.portal.answers import InvitationLink, Occupant, OpenedInvitation, Stay, StepReceipt
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes, required
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, Segment, SentForm, ThePage
from services.portal.pictures import code_of

router = APIRouter(route_class=PageRoute)

HERE = UUID(int=5)
"""What a receipt is about that is shown on these pages."""

ASKED_AS: Mapping[str, tuple[str, ...]] = {"lives": ("lives",), "trades": ("trades", "works"), "works": ()}
"""As what somebody may be asked to where one lives, trades or works."""


@dataclass(frozen=True)
class Own:
    """A place of one's own: who is there, and the links that still open it."""

    stay: Stay
    people: tuple[Occupant, ...]
    links: tuple[tuple[InvitationLink, str], ...]

    @property
    def asked_as(self) -> tuple[str, ...]:
        return ASKED_AS[self.stay.kind]


@router.get("/household")
async def household(page: OwnPage) -> Response:
    """Every place where one lives, trades or works."""
    return await _show(page)


@router.post("/household/{place_id}/invite")
async def invite(page: OwnPage, place_id: UUID, form: SentForm) -> Response:
    """A link for one person, to be shown or sent."""
    path = f"/v1/places/{place_id}/invitations"
    return await _ask(page, path, {"kind": form["kind"]}, form, "household_invited")


@router.post("/household/invitations/{id}/withdraw")
async def withdraw(page: OwnPage, id: UUID, form: SentForm) -> Response:
    """The link opens nothing any more."""
    return await _ask(page, f"/v1/invitations/{id}/withdraw", {}, form, "household_withdrawn")


@router.get("/join/{token}")
async def open_link(page: ThePage, token: Segment) -> Response:
    """Where the link leads, and as what."""
    return await _join_page(page, token)


@router.post("/join/{token}")
async def join(page: ThePage, token: Segment, form: SentForm) -> Response:
    """Signed in, one says yes; without an account one gives a name and a contact, and signs in with it next."""
    try:
        if page.session.signed_in:
            said = await page.send("alliance", f"/v1/join/{token}", {}, key=form[KEY_FIELD])
            await receipts.keep(page, HERE, said)
            return page.go("/household")
        required(form, "display_name", "contact")
        body = {"display_name": form["display_name"], "contact": form["contact"]}
        said = await page.send("alliance", f"/v1/join/{token}/as-stranger", body, key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _join_page(page, token, form, error)
    return page.html("joined.html", said=StepReceipt.model_validate(said).next, token=token)


async def _ask(page: Page, path: str, body: Mapping[str, Any], form: Form, said: str) -> Response:
    try:
        await page.send("alliance", path, body, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, error, form)
    await receipts.keep(page, HERE, {"next": page.say(said)})
    return page.go("/household")


async def _show(page: Page, error: Problem | Away | None = None, form: Form | None = None) -> Response:
    me = await page.get("alliance", "/v1/me")
    stays = [Stay.model_validate(one) for one in me.get("occupancies", ())]
    return page.form(
        "household.html",
        trouble=page.trouble(error, form[KEY_FIELD] if form else ""),
        places=await asyncio.gather(*(_own(page, stay) for stay in stays if stay.until_day is None)),
        person=page.session.person,
        receipt=await receipts.shown_once(page, HERE),
    )


async def _own(page: Page, stay: Stay) -> Own:
    people, links = await asyncio.gather(
        page.get_if_there("alliance", f"/v1/places/{stay.place_id}/occupants"),
        page.get_if_there("alliance", f"/v1/places/{stay.place_id}/invitations"),
    )
    found = [InvitationLink.model_validate(one) for one in links["items"]] if links else []
    return Own(
        stay,
        tuple(Occupant.model_validate(one) for one in people["items"]) if people else (),
        tuple((one, code_of(one.url, scale=4)) for one in found),
    )


async def _join_page(
    page: Page, token: str, typed: Form | None = None, error: Mistakes | Problem | Away | None = None
) -> Response:
    answer = await page.get("alliance", f"/v1/join/{token}")
    return page.form(
        "join.html",
        trouble=page.trouble(error, typed[KEY_FIELD] if typed else ""),
        typed=typed or Form(),
        token=token,
        opened=OpenedInvitation.model_validate(answer),
    )
