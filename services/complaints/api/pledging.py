"""自愿承诺: offering a pledge or entering it for somebody, whether it is wanted, and whether it was kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field, StrictBool

from services.complaints import policy, storage, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.api.reads import seen
from services.complaints.commands import (
    AnswerPledge,
    ConfirmPledge,
    DisputePledge,
    EnterPledge,
    OfferPledge,
    ProvePledge,
)
from services.complaints.terms import Slip
from services.complaints.views.paper import PaperNotice
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed

router = APIRouter(prefix="/v1/cases/{id}")


class PledgeForm(Form):
    """What somebody will do by themselves, and by when."""

    what: Note
    due_on: date


class EnterPledgeForm(PledgeForm):
    """The same, as somebody without an account wrote or said it, and how it came."""

    slip: Slip
    received_on: date


class WantedForm(Form):
    wanted: StrictBool


class ProofForm(Form):
    """How one sees that it is done; `evidence_ids` name what lies before the case to show it."""

    text: Note
    evidence_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()


class DisputeForm(Form):
    reason: Note


@router.post("/pledges", response_model=Receipt)
async def offer(id: UUID, form: PledgeForm, ask: Ask) -> Response:
    return await ask.command(OfferPledge(id, uuid4(), form.what, form.due_on))


@router.post("/enter-pledge", response_model=Receipt)
async def enter(id: UUID, form: EnterPledgeForm, ask: Ask) -> Response:
    command = EnterPledge(id, uuid4(), form.what, form.due_on, form.slip, form.received_on)
    return await ask.command(command)


@router.get("/pledge-receipt")
async def receipt(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> PaperNotice:
    """What whoever pledged without an account is handed: their own words, and how they stand."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        if found.by.role not in policy.WRITES_DOWN:
            raise NotAllowed
        steps = await storage.steps_of(connection, id)
    return views.pledge_receipt(found.stored.case, views.words_in(steps).pledged, language)


@router.post("/pledges/{pledge_id}/answer", response_model=Receipt)
async def answer(id: UUID, pledge_id: UUID, form: WantedForm, ask: Ask) -> Response:
    return await ask.command(AnswerPledge(id, pledge_id, form.wanted))


@router.post("/pledges/{pledge_id}/proof", response_model=Receipt)
async def prove(id: UUID, pledge_id: UUID, form: ProofForm, ask: Ask) -> Response:
    return await ask.command(ProvePledge(id, pledge_id, form.text, form.evidence_ids))


@router.post("/pledges/{pledge_id}/confirm", response_model=Receipt)
async def confirm(id: UUID, pledge_id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(ConfirmPledge(id, pledge_id))


@router.post("/pledges/{pledge_id}/dispute", response_model=Receipt)
async def dispute(id: UUID, pledge_id: UUID, form: DisputeForm, ask: Ask) -> Response:
    return await ask.command(DisputePledge(id, pledge_id, form.reason))
