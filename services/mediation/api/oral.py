"""What was agreed on the spot: recorded, its words accepted or disputed, and what is said of it by word of mouth."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
from services.mediation.api.desk import TheDesk
from services.mediation.storage import mediations as stored
from services.mediation.views.models import Receipt

router = APIRouter()


@router.post("/v1/agreements/{id}/record", response_model=Receipt)
async def record(id: UUID, form: forms.RecordForm, desk: TheDesk) -> Response:
    wording = tuple(asked.Wording(one.id, one.what, one.measure) for one in form.commitments)
    return await desk.answer(
        lambda tx, now: use_cases.record_oral(tx, id, form.terms, wording, actor=desk.actor, now=now)
    )


@router.post("/v1/agreements/{id}/wording/accept", response_model=Receipt)
async def accept_wording(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.AcceptWording(there, id, desk.me),
    )


@router.post("/v1/agreements/{id}/wording/dispute", response_model=Receipt)
async def dispute_wording(id: UUID, form: forms.DisputeForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.DisputeWording(there, id, desk.me, form.reason),
    )


@router.post("/v1/commitments/{id}/by-mouth", response_model=Receipt)
async def pass_on_word(id: UUID, form: forms.ByMouthForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.PassOnWord(there, id, desk.me, form.said, form.told_on, form.words),
    )
