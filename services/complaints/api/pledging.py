"""自愿承诺: offering a pledge, whether it is wanted, and whether it was kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import StrictBool

from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.commands import (
    AnswerPledge,
    ConfirmPledge,
    DisputePledge,
    OfferPledge,
    ProvePledge,
)

router = APIRouter(prefix="/v1/cases/{id}/pledges")


class PledgeForm(Form):
    """What somebody will do by themselves, and by when."""

    what: Note
    due_on: date


class WantedForm(Form):
    wanted: StrictBool


class ProofForm(Form):
    text: Note


class DisputeForm(Form):
    reason: Note


@router.post("", response_model=Receipt)
async def offer(id: UUID, form: PledgeForm, ask: Ask) -> Response:
    return await ask.command(OfferPledge(id, uuid4(), form.what, form.due_on))


@router.post("/{pledge_id}/answer", response_model=Receipt)
async def answer(id: UUID, pledge_id: UUID, form: WantedForm, ask: Ask) -> Response:
    return await ask.command(AnswerPledge(id, pledge_id, form.wanted))


@router.post("/{pledge_id}/proof", response_model=Receipt)
async def prove(id: UUID, pledge_id: UUID, form: ProofForm, ask: Ask) -> Response:
    return await ask.command(ProvePledge(id, pledge_id, form.text))


@router.post("/{pledge_id}/confirm", response_model=Receipt)
async def confirm(id: UUID, pledge_id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(ConfirmPledge(id, pledge_id))


@router.post("/{pledge_id}/dispute", response_model=Receipt)
async def dispute(id: UUID, pledge_id: UUID, form: DisputeForm, ask: Ask) -> Response:
    return await ask.command(DisputePledge(id, pledge_id, form.reason))
