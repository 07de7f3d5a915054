"""Lists of what waits for somebody who is no party: what authorities were handed, visits due, notices of
children, questions to the homes around a matter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal import categories, members, places, receipts
from services.portal.answers import AskedOfMe, Choices, HandedOver, MinorNotice, SentPack, VisitTask
from services.portal.casefile import Offer
from services.portal.door import PageRoute
from services.portal.forms import KEY_FIELD, Form, Mistakes
from services.portal.gateway import Away, Problem
from services.portal.members import Option
from services.portal.page import OwnPage, Page, SentForm
from services.portal.proxy import file_of
from services.portal.steps import GUARDIAN_CONSENT, INQUIRY_ANSWER, STEPS, Step
from shared.errors import NotFound

router = APIRouter(route_class=PageRoute)

SHOWN_ON_A_DESK = UUID(int=1)
"""What a receipt is about that is shown above one of these lists."""


@dataclass(frozen=True)
class Line:
    """One thing to do: what it is, and the forms beside it. Whoever does it may have no page of the case."""

    what: HandedOver | VisitTask | MinorNotice | AskedOfMe
    offers: tuple[Offer, ...]
    place: str | None = None
    options: Mapping[str, list[Option]] = field(default_factory=dict)
    sent_along: Mapping[str, UUID] = field(default_factory=dict)
    """Which one of several of the case is meant."""
    pack_id: UUID | None = None
    """What came with it from the mediation, for the court station."""
    is_late: bool = False
    my_side: None = None
    """Nobody here is a party."""


@dataclass(frozen=True)
class Desk:
    """One list: who fills it, and what can be done there."""

    lines: Callable[[Page], Awaitable[list[Line]]]
    steps: tuple[Step, ...]


@router.get("/referrals")
async def referrals(page: OwnPage) -> Response:
    """What lies with an authority: its officer confirms and returns it."""
    return await _show(page, "referrals", *page.take_up())


@router.get("/referrals/returned")
async def returned(page: OwnPage) -> Response:
    """What came back, with its result: nothing handed over is lost from sight."""
    answer = await page.get("complaints", "/v1/referrals", open="false")
    found = [HandedOver.model_validate(one) for one in answer["items"]]
    labels = await categories.labels(page)
    return page.html(
        "returned.html",
        lines=[(one, await places.named(page, one.place_id)) for one in found],
        labels=labels,
        results={one.code: one.label for one in labels.choices.referral_results},
    )


@router.get("/referrals/{case_id}/{id}/evidence/{evidence_id}")
async def evidence(page: OwnPage, case_id: UUID, id: UUID, evidence_id: UUID) -> Response:
    """A file that went along; whose it is while it lies with them, the service says."""
    address = f"/v1/cases/{case_id}/referrals/{id}/evidence/{evidence_id}"
    return file_of(await page.open("complaints", address))


@router.get("/visits")
async def visits(page: OwnPage) -> Response:
    """The return visits still to be made."""
    return await _show(page, "visits", *page.take_up())


@router.get("/children")
async def children(page: OwnPage) -> Response:
    """What was told of children under 14, and waits for a guardian's consent."""
    return await _show(page, "children", *page.take_up())


@router.get("/inquiries")
async def inquiries(page: OwnPage) -> Response:
    """What the coordinator asks those who live around a matter; each sees their own question and answer alone."""
    return await _show(page, "inquiries", *page.take_up())


@router.post("/{desk}/{id}/steps/{name}")
async def take(page: OwnPage, desk: str, id: UUID, name: str, form: SentForm) -> Response:
    """Asks the service; what it says is next stands above the list."""
    found = DESKS.get(desk)
    step = next((one for one in found.steps if one.name == name), None) if found else None
    if step is None:
        raise NotFound
    try:
        along = SENT_ALONG.get(name)
        body = step.body(form) | ({along: form[along]} if along else {})
        file = form.file if step.takes_file else None
        answer = await page.send(step.service, step.address(id, id), body, key=form[KEY_FIELD], file=file)
    except (Mistakes, Problem, Away) as error:
        return await _show(page, desk, name, form, error)
    await receipts.keep(page, SHOWN_ON_A_DESK, answer)
    return page.go(f"/{desk}")


async def _show(
    page: Page,
    desk: str,
    step: str = "",
    typed: Form | None = None,
    error: Mistakes | Problem | Away | None = None,
) -> Response:
    return page.form(
        f"{desk}.html",
        trouble=page.trouble(error, typed[KEY_FIELD] if typed else ""),
        lines=await DESKS[desk].lines(page),
        labels=await categories.labels(page),
        desk=desk,
        receipt=await receipts.shown_once(page, SHOWN_ON_A_DESK),
        tried=step,
        typed=typed or Form(),
    )


async def _handed_over(page: Page) -> list[Line]:
    """The coordinator, who sent it, watches; the officer answers."""
    answer = await page.get("complaints", "/v1/referrals", open="true")
    choices = (await categories.labels(page)).choices
    packs = await _packs(page)
    options = {"result": [(one.code, one.label) for one in choices.referral_results]}
    return [
        Line(
            one,
            tuple(_about_referral(page, one, choices)),
            await places.named(page, one.place_id),
            options,
            {"referral_id": one.id},
            pack_id=packs.get(one.case_id),
            is_late=one.late_days > 0,
        )
        for one in (HandedOver.model_validate(item) for item in answer["items"])
    ]


async def _packs(page: Page) -> dict[UUID, UUID]:
    """The pack of each case, for those who are handed any."""
    if "court_liaison" not in page.session.roles:
        return {}
    answer = await page.get_if_there("mediation", "/v1/handovers")
    sent = [SentPack.model_validate(one) for one in answer["items"]] if answer else []
    return {one.case_id: one.id for one in sent}


async def _due(page: Page) -> list[Line]:
    answer = await page.get("complaints", "/v1/return-visits")
    return [
        Line(
            one,
            tuple(_about_visit(one)),
            await places.named(page, one.place_id),
            sent_along={"visit_id": one.id},
            is_late=one.late_days > 0,
        )
        for one in (VisitTask.model_validate(item) for item in answer["items"])
    ]


async def _of_children(page: Page) -> list[Line]:
    """Each with the people of its place: one of them may be the guardian."""
    answer = await page.get("complaints", "/v1/minor-notices")
    return [
        Line(
            one,
            tuple(_offers("children", one.id)),
            await places.named(page, one.place_id) or one.place_text,
            {"guardian_id": await members.of_place(page, one.place_id)},
        )
        for one in (MinorNotice.model_validate(item) for item in answer["items"])
    ]


async def _asked(page: Page) -> list[Line]:
    answer = await page.get("complaints", "/v1/inquiries")
    return [
        Line(one, tuple(_offers("inquiries", one.id)) if one.open else ())
        for one in (AskedOfMe.model_validate(item) for item in answer["items"])
    ]


def _about_visit(task: VisitTask) -> list[Offer]:
    """What is left to do of it: the visit itself, the question asked aloud, the answer that came on paper."""
    asked = (not task.made, task.survey_aloud, task.survey_slips)
    return [offer for offer, is_asked in zip(_offers("visits", task.case_id), asked, strict=True) if is_asked]


def _about_referral(page: Page, one: HandedOver, choices: Choices) -> list[Offer]:
    """Once received it is returned; an authority's officer also enters what was measured about a noise."""
    left_out = set() if one.received_on is None else {"referral_receipt"}
    is_noise = any(kind.code == "noise" and kind.sub(one.subcategory) for kind in choices.categories)
    if not (is_noise and "agency_officer" in page.session.roles):
        left_out.add("readings_measured")
    return [offer for offer in _offers("referrals", one.case_id) if offer.step.name not in left_out]


def _offers(desk: str, target: UUID) -> list[Offer]:
    return [Offer(step, target, is_one_of_several=True) for step in DESKS[desk].steps]


_SLIP = STEPS["survey_slips"]
SLIP_OF_A_SIDE = replace(_SLIP, inputs=tuple(one for one in _SLIP.inputs if one.name != "slip_of"))
"""Whoever has no page of the case knows its sides, and nobody's id in it."""

DESKS = {
    "referrals": Desk(_handed_over, (STEPS["referral_receipt"], STEPS["return"], STEPS["readings_measured"])),
    "visits": Desk(_due, (STEPS["return_visits"], STEPS["survey_aloud"], SLIP_OF_A_SIDE)),
    "children": Desk(_of_children, (GUARDIAN_CONSENT,)),
    "inquiries": Desk(_asked, (INQUIRY_ANSWER,)),
}
SENT_ALONG = {"referral_receipt": "referral_id", "return": "referral_id", "return_visits": "visit_id"}
"""Which one of several of the case a step is about."""
