"""What no mail and no text has brought: the list somebody takes along to the doors, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import alliances, places
from services.portal.answers import LetterToBring
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm
from services.portal.pictures import code_of

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class Door:
    """One letter and where its reader is found."""

    letter: LetterToBring
    places: tuple[str, ...]


@router.get("/by-hand")
async def by_hand(page: OwnPage) -> Response:
    """Whom to tell at the door."""
    mark, typed = page.take_up()
    return await _show(page, at=(page.taken_up_of, mark), typed=typed)


@router.get("/by-hand/sheets")
async def sheets(page: OwnPage) -> Response:
    """All of it to print: for each reader a sheet that says how they read it, and the slip that comes back signed."""
    address = f"{page.settings.public_url}/inbox"
    alliance = await alliances.own(page)
    return page.html(
        "by_hand_sheets.html",
        doors=await _doors(page),
        contact=alliance.contact if alliance else None,
        address=address,
        picture=code_of(address),
    )


@router.post("/by-hand/{id}/{mark}")
async def mark(page: OwnPage, id: UUID, mark: Literal["handed", "missed"], form: SentForm) -> Response:
    """It was handed over, or not."""
    body = _handed(form) if mark == "handed" else {"reason": form["reason"]}
    try:
        await page.send("notifications", f"/v1/by-hand/{id}/{mark}", body, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _show(page, error, at=(str(id), mark), typed=form)
    return page.go("/by-hand")


def _handed(form: Form) -> dict[str, Any]:
    return {"on": form["on"] or None, "signed": form.says("signed")}


async def _show(
    page: Page, error: Problem | Away | None = None, *, at: tuple[str, str], typed: Form | None
) -> Response:
    doors = await _doors(page)
    typed = typed or Form()
    trouble = page.trouble(error, typed[KEY_FIELD])
    return page.form("by_hand.html", trouble=trouble, doors=doors, at=at, typed=typed)


async def _doors(page: Page) -> list[Door]:
    answer = await page.get("notifications", "/v1/by-hand")
    letters = [LetterToBring.model_validate(one) for one in answer["items"]]
    return [Door(letter, await _where(page, letter)) for letter in letters]


async def _where(page: Page, letter: LetterToBring) -> tuple[str, ...]:
    names = [await places.named(page, place_id) for place_id in letter.places]
    return tuple(name for name in names if name)
