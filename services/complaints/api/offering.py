"""服务项目: offering something of the service list to a party, and taking or leaving it."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import StrictBool

from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Code, Form, Note
from services.complaints.commands import AnswerService, OfferService
from services.complaints.service_list import service_list
from shared.errors import Invalid

router = APIRouter(prefix="/v1/cases/{id}/services")


class OfferForm(Form):
    """A code of the service list (`services` of `GET /v1/categories`), for one party; `note`: where and how."""

    offered_to: UUID
    service: Code
    note: Note | None = None


class TakenForm(Form):
    taken: StrictBool


@router.post("", response_model=Receipt)
async def offer(id: UUID, form: OfferForm, ask: Ask) -> Response:
    known = service_list()
    if form.service not in {one.code for one in known.offered}:
        raise Invalid("/service", "unknown_service")
    command = OfferService(id, uuid4(), form.offered_to, form.service, known.version, form.note)
    return await ask.command(command)


@router.post("/{offer_id}/answer", response_model=Receipt)
async def answer(id: UUID, offer_id: UUID, form: TakenForm, ask: Ask) -> Response:
    return await ask.command(AnswerService(id, offer_id, form.taken))
