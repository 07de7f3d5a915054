"""Sheets to print: the notice for somebody without an account, and the poster whose code opens the form."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import alliances, places
from services.portal.answers import PaperNotice
from services.portal.door import PageRoute
from services.portal.page import OwnPage
from services.portal.pictures import code_of
from services.portal.proxy import file_of
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)


@router.get("/cases/{id}/paper-notice")
async def paper_notice(page: OwnPage, id: UUID) -> Response:
    """The notice with its code; scanned, it opens the page on which the code is entered."""
    notice = PaperNotice.model_validate(await page.get("complaints", f"/v1/cases/{id}/paper-notice"))
    address = f"{page.settings.public_url}/claim?reference={notice.reference}"
    return page.html("paper_notice.html", notice=notice, address=address, picture=code_of(address))


@router.get("/cases/{id}/survey-slip")
async def survey_slip(page: OwnPage, id: UUID) -> Response:
    """The survey to hand over and to be filled in with a pen."""
    slip = PaperNotice.model_validate(await page.get("complaints", f"/v1/cases/{id}/survey-slips"))
    return page.html("paper_notice.html", notice=slip)


@router.get("/cases/{id}/pledge-receipt")
async def pledge_receipt(page: OwnPage, id: UUID) -> Response:
    """What whoever pledged something without an account is handed."""
    receipt = PaperNotice.model_validate(await page.get("complaints", f"/v1/cases/{id}/pledge-receipt"))
    return page.html("paper_notice.html", notice=receipt)


@router.get("/cases/{id}/settlement")
async def settlement(page: OwnPage, id: UUID) -> Response:
    """What the sides settle themselves, to be read on paper and signed with a pen."""
    sheet = PaperNotice.model_validate(await page.get("complaints", f"/v1/cases/{id}/settlement"))
    return page.html("paper_notice.html", notice=sheet)


@router.get("/posters")
async def posters(page: OwnPage) -> Response:
    """One for each building."""
    return page.html("posters.html", buildings=await places.buildings(page))


@router.get("/posters/{place_id}")
async def poster(page: OwnPage, place_id: UUID) -> Response:
    """Scanned, it opens the form with the place filled in; nobody has to sign in to report something there."""
    name = await places.named(page, place_id)
    if name is None:
        raise NotFound
    address = f"{page.settings.public_url}/file?place={place_id}"
    alliance = await alliances.own(page)
    contact = alliance.contact if alliance else None
    return page.html("poster.html", name=name, contact=contact, address=address, picture=code_of(address))


@router.get("/papers/agreements/{id}/{name}.pdf")
async def agreement_paper(page: OwnPage, id: UUID, name: Literal["document", "court-package"]) -> Response:
    """The agreement, or the joint request to the court."""
    return file_of(await page.open("mediation", f"/v1/agreements/{id}/{name}.pdf"))


@router.get("/papers/settlements/{id}.pdf")
async def settlement_paper(page: OwnPage, id: UUID) -> Response:
    """What the sides settled themselves, with the hash each signed."""
    return file_of(await page.open("complaints", f"/v1/cases/{id}/settlement.pdf"))


@router.get("/papers/handovers/{id}/pack.{kind}")
async def handover_paper(page: OwnPage, id: UUID, kind: Literal["pdf", "json"]) -> Response:
    """What the court station was handed, to read or for its own programs."""
    return file_of(await page.open("mediation", f"/v1/handovers/{id}/pack.{kind}"))
