"""The mediator's desk: what they are asked to take, and what they lead; and everybody's: sessions they are asked to.

Whoever is only asked has no part in the case (yet), so the answer is given here and not on the case's page.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import receipts
from services.portal.answers import Invitation, MediationLine
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.page import OwnPage, Page, SentForm, Trouble
from services.portal.pages.calendar import todays_sessions
from services.portal.steps import RELATIONS, STEPS
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

ANSWERS = ("take", "pass_on")
"""What somebody can say who is asked to mediate."""

GUEST_ANSWERS = ("invite_answer", "answers")
"""What a guest can say."""

DESK = UUID(int=0)
"""What a receipt is about that is shown on the desk."""


@router.get("/mediations")
async def mediations(page: OwnPage) -> Response:
    """Requests first."""
    name, typed = page.take_up()
    trouble = page.trouble(None, typed[KEY_FIELD] if typed else "")
    return await _desk(page, trouble, at=(page.taken_up_of, name), typed=typed)


@router.post("/mediations/{id}/steps/{name}")
async def answer(page: OwnPage, id: UUID, name: str, form: SentForm) -> Response:
    """Takes it or passes it on; or says, as a guest, whether one comes and when one can."""
    if name not in (*ANSWERS, *GUEST_ANSWERS):
        raise NotFound
    step = STEPS[name]
    try:
        said = await page.send(step.service, step.address(id, id), step.body(form), key=form[KEY_FIELD])
    except (Mistakes, Problem, Away) as error:
        return await _desk(page, page.trouble(error, form[KEY_FIELD]), at=(str(id), name), typed=form)
    await receipts.keep(page, DESK, said)
    return page.go("/mediations")


@router.post("/mediations/calendar-link")
async def renew_calendar_link(page: OwnPage, form: SentForm) -> Response:
    """The address of the mediator's own calendar, shown this once: whoever has it reads the sessions."""
    try:
        said = await page.send("mediation", "/v1/mediators/me/calendar-link", {}, key=form[KEY_FIELD])
    except (Problem, Away) as error:
        return await _desk(page, page.trouble(error, form[KEY_FIELD]))
    return await _desk(page, feed=said["url"])


async def _desk(
    page: Page,
    trouble: Trouble | None = None,
    *,
    feed: str | None = None,
    at: tuple[str, str] = ("", ""),
    typed: Form | None = None,
) -> Response:
    """`at` says of which mediation and step somebody's form is shown again, as it was `typed`."""
    answer = await page.get("mediation", "/v1/mediations", mine="true")
    lines = [MediationLine.model_validate(one) for one in answer["items"]]
    trouble = trouble or Trouble()
    asked_to = [line.id for line in lines if line.roles == ("guest",)]
    return page.html(
        "mediations.html",
        status=trouble.status,
        trouble=trouble,
        asked=[line for line in lines if "proposed" in line.roles],
        led=[line for line in lines if "mediator" in line.roles],
        invitations=await asyncio.gather(*(_invitation(page, one) for one in asked_to)),
        answers=ANSWERS,
        codes=RELATIONS,
        feed=feed,
        at=at,
        typed=typed or Form(),
        today_sessions=await todays_sessions(page) if "mediator" in page.session.roles else [],
        work=_workload(lines),
        receipt=await receipts.shown_once(page, DESK),
    )


def _workload(lines: list[MediationLine]) -> list[tuple[str, int]]:
    """How many of those led stand where, none that ended."""
    led = (line.status for line in lines if "mediator" in line.roles and line.status != "ended")
    return sorted(Counter(led).items())


async def _invitation(page: Page, mediation_id: UUID) -> Invitation:
    return Invitation.model_validate(await page.get("mediation", f"/v1/mediations/{mediation_id}"))
