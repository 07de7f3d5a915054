"""Asking the services for all that a case's page shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

from services.portal import categories, members, places
from services.portal.answers import (
    Case,
    CaucusNote,
    Evidence,
    Inquiry,
    Mediation,
    Message,
    Pack,
    Phrase,
    Post,
    Similar,
    Step,
    Work,
)
from services.portal.casefile.choosing import choices, mediators_for
from services.portal.casefile.file import CaseFile
from services.portal.casefile.items import items
from services.portal.gateway import Problem
from services.portal.page import Page


async def gather(page: Page, case_id: UUID) -> CaseFile:
    """Asks all at once. Only the case itself must be there; the rest is shown as far as it can be had."""
    case = Case.model_validate(await page.get("complaints", f"/v1/cases/{case_id}"))
    history, messages, evidence, mediation, place, labels = await asyncio.gather(
        items(page, "complaints", f"/v1/cases/{case_id}/history"),
        items(page, "complaints", f"/v1/cases/{case_id}/messages"),
        items(page, "complaints", f"/v1/cases/{case_id}/evidence"),
        _mediation(page, case),
        places.named(page, case.place_id),
        categories.labels(page),
    )
    found = CaseFile(
        case,
        tuple(Step.model_validate(one) for one in history),
        tuple(Message.model_validate(one) for one in messages),
        tuple(Evidence.model_validate(one) for one in evidence),
        mediation,
        place,
        await _mediators_by_id(page, mediation),
        labels,
        similar=await _similar(page, case),
        thread=await _thread(page, case),
        notes=await _notes(page, mediation),
    )
    if case.role_in_case in ("coordinator", "mediator"):
        found = await _with_inquiries(page, found)
        listed = await items(page, "complaints", f"/v1/cases/{case_id}/work")
        said = await items(page, "complaints", "/v1/phrases")
        found = replace(
            found,
            phrases=tuple(Phrase.model_validate(one) for one in said),
            work=tuple(Work.model_validate(one) for one in listed),
            prompts=await _prompts(page, case),
        )
    candidates = await mediators_for(page, found)
    return replace(
        found,
        options=await choices(page, found, candidates),
        pack=await _pack(page, mediation),
        barred=tuple((name, tuple(one["conflicts"])) for name, one in candidates if one["conflicts"]),
    )


async def _thread(page: Page, case: Case) -> tuple[Post, ...]:
    if case.group is None:
        return ()
    posts = await items(page, "complaints", f"/v1/cases/{case.id}/thread")
    return tuple(Post.model_validate(one) for one in posts)


async def _similar(page: Page, case: Case) -> Similar:
    if "split" not in case.possible:
        return Similar()
    try:
        answer = await page.get_if_there("complaints", f"/v1/cases/{case.id}/similar")
    except Problem:
        return Similar()
    return Similar.model_validate(answer) if answer else Similar()


async def _with_inquiries(page: Page, file: CaseFile) -> CaseFile:
    """What neighbours answered in private, and for the coordinator who may ask them, their homes."""
    listed = await items(page, "complaints", f"/v1/cases/{file.case.id}/inquiries")
    found = tuple(Inquiry.model_validate(one) for one in listed)
    asks = "inquiries" in file.case.possible or any(one.ask_id for each in found for one in each.answers)
    around = await places.homes_around(page, file.case.place_id) if asks else []
    return replace(file, inquiries=found, homes={str(one.id): one.name for one in around})


async def _pack(page: Page, mediation: Mediation | None) -> Pack | None:
    if mediation is None or "handover" not in mediation.possible:
        return None
    answer = await page.get_if_there("mediation", f"/v1/mediations/{mediation.id}/handover")
    return answer and Pack.model_validate(answer)


async def _notes(page: Page, mediation: Mediation | None) -> tuple[CaucusNote, ...]:
    """Asked for by whoever leads: for nobody else are there any."""
    person = page.session.person
    if mediation is None or person is None or mediation.mediator_id != person.id:
        return ()
    notes = await items(page, "mediation", f"/v1/mediations/{mediation.id}/caucus-notes")
    return tuple(CaucusNote.model_validate(one) for one in notes)


async def _prompts(page: Page, case: Case) -> dict[str, str]:
    """Beside the form in which a method can be named."""
    if "work" not in case.possible:
        return {}
    try:
        answer = await page.get_if_there("complaints", "/v1/methods")
    except Problem:
        return {}
    return {one["code"]: one["prompt"] for one in answer["methods"]} if answer else {}


async def _mediators_by_id(page: Page, mediation: Mediation | None) -> dict[str, str]:
    """Asked for only where somebody is to be named."""
    if mediation is None or not (
        mediation.mediator_id or mediation.proposed_id or mediation.mediators_asked or mediation.guests
    ):
        return {}
    judges = any(one.role == "judge" for one in mediation.guests)
    return dict(
        await members.listed(page, role="mediator")
        + (await members.listed(page, role="court_liaison") if judges else [])
    )


async def _mediation(page: Page, case: Case) -> Mediation | None:
    if case.mediation is None:
        return None
    try:
        answer = await page.get_if_there("mediation", f"/v1/mediations/{case.mediation.id}")
    except Problem:
        return None
    found = answer and Mediation.model_validate(answer)
    return found.as_answered_by(page.session.person.id) if found and page.session.person else found
