"""走访询问: the coordinator asks the homes around, each answers in private, and nobody else reads it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, StrictBool

from services.complaints import answers, policy, storage, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note, Text
from services.complaints.api.reads import seen
from services.complaints.terms import SharedWith
from shared.access.door import CurrentActor, TheKit
from shared.errors import NotAllowed
from shared.persistence.database import Connection

router = APIRouter()


class InquiryForm(Form):
    """One question in the same words for all, and the homes it is put to."""

    question: Note
    place_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=60)]


class InquiryAnswerForm(Form):
    """The coordinator reads it; the mediator of the matter too where it is shared with them, and nobody else.

    `own_statement`: it was I, and I will answer for it myself.
    """

    text: Text
    shared_with: SharedWith = "coordinator"
    own_statement: StrictBool = False


class EnteredForm(Form):
    ask_id: UUID
    text: Text


@router.post("/v1/cases/{id}/inquiries", response_model=Receipt)
async def open_inquiry(id: UUID, form: InquiryForm, ask: Ask) -> Response:
    return await ask.case(
        lambda tx, now: use_cases.open_inquiry(tx, id, **dict(form), actor=ask.actor, now=now)
    )


@router.post("/v1/cases/{id}/inquiries/answers", response_model=answers.Noted)
async def enter_answer(id: UUID, form: EnteredForm, ask: Ask) -> Response:
    """What somebody said at their door."""

    async def work(tx: Connection) -> answers.Noted:
        await use_cases.enter_inquiry_answer(tx, id, **dict(form), actor=ask.actor, now=ask.now())
        return views.noted("next_inquiry_entered", ask.language)

    return await ask.once(work)


@router.get("/v1/cases/{id}/inquiries")
async def show_inquiries(id: UUID, actor: CurrentActor, kit: TheKit) -> answers.Inquiries:
    """For the coordinator, and the mediator as far as it was shared with them."""
    async with kit.database.reading() as connection:
        case = await seen(connection, id, actor)
        if not policy.sees(case.by, "inquiries", case.stored.case.file):
            raise NotAllowed
        found = await storage.inquiries_of(connection, id)
    return answers.Inquiries(items=[views.inquiry(one, case.by) for one in found])


@router.get("/v1/inquiries")
async def show_asked(actor: CurrentActor, kit: TheKit) -> answers.AskedOfMe:
    """What the caller is asked, and what they answered. Of the matter itself nothing is told."""
    if actor.member_id is None:
        raise NotAllowed
    async with kit.database.reading() as connection:
        found = await storage.inquiries_for(connection, actor.member_id)
    return answers.AskedOfMe(items=views.asked_of(found, actor.member_id))


@router.post("/v1/inquiries/{ask_id}/answer", response_model=answers.Noted)
async def answer(ask_id: UUID, form: InquiryAnswerForm, ask: Ask) -> Response:
    said = use_cases.Said(form.text, form.shared_with, form.own_statement)

    async def work(tx: Connection) -> answers.Noted:
        await use_cases.answer_inquiry(tx, ask_id, said, ask.actor, ask.now())
        code = "next_inquiry_statement" if form.own_statement else "next_inquiry_answered"
        return views.noted(code, ask.language)

    return await ask.once(work)
