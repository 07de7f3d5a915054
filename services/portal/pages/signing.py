"""Signing on the spot: a code that a party scans with their own phone, and the page with just the words to sign.

The code leads to the page and opens nothing: who scans it signs in as themselves, and signs by the one-time code.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.casefile import gather
from services.portal.door import PageRoute
from services.portal.forms import Form
from services.portal.page import OwnPage, Page, Trouble
from services.portal.pictures import code_of
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

CODE_SENT = "code"
"""In the address: the code to sign by is on its way."""


@router.get("/cases/{id}/sign")
async def sign(page: OwnPage, id: UUID) -> Response:
    """The words that wait for this person's signature, and how to give it."""
    return await sign_page(page, id)


@router.get("/cases/{id}/on-the-spot")
async def on_the_spot(page: OwnPage, id: UUID) -> Response:
    """What whoever leads holds out to those at the table, and who has signed so far. Raises NotFound for others."""
    file = await gather(page, id)
    words = file.being_signed
    if words is None or file.case.role_in_case not in ("mediator", "coordinator"):
        raise NotFound
    address = f"{page.settings.public_url}/cases/{id}/sign"
    return page.html("on_the_spot.html", file=file, words=words, address=address, picture=code_of(address))


async def sign_page(
    page: Page, id: UUID, step: str = "", typed: Form | None = None, trouble: Trouble | None = None
) -> Response:
    """The page to sign on, with a form as it was typed and what is wrong with it."""
    file = await gather(page, id)
    return page.form(
        "sign.html",
        trouble=trouble or Trouble(),
        file=file,
        offers=[one for one in file.offers if one.step.is_signed and not one.step.named_at],
        tried=step,
        typed=typed or Form(),
        code_sent=CODE_SENT in page.request.query_params,
    )
