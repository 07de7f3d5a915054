"""What was promised, by the commitment's own address."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms
from services.mediation.api.desk import TheDesk
from services.mediation.storage import mediations as stored
from services.mediation.views.models import Receipt

router = APIRouter()


@router.post("/v1/commitments/{id}/proof", response_model=Receipt)
async def prove(id: UUID, form: forms.ProofForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.ProveCommitment(there, id, desk.me, form.text, tuple(form.evidence_ids)),
    )


@router.post("/v1/commitments/{id}/confirm", response_model=Receipt)
async def confirm(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.ConfirmCommitment(there, id, desk.me),
    )


@router.post("/v1/commitments/{id}/dispute", response_model=Receipt)
async def dispute(id: UUID, form: forms.DisputeForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.DisputeCommitment(there, id, desk.me, form.reason),
    )


@router.post("/v1/commitments/{id}/grant-day", response_model=Receipt)
async def grant_day(id: UUID, form: forms.DayForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.GrantDay(there, id, desk.me, form.until),
    )


@router.post("/v1/commitments/{id}/waive", response_model=Receipt)
async def waive(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.WaiveCommitment(there, id, desk.me),
    )


@router.post("/v1/commitments/{id}/impossible", response_model=Receipt)
async def mark_impossible(id: UUID, form: forms.DisputeForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.MarkImpossible(there, id, form.reason),
    )


@router.post("/v1/commitments/{id}/decline-performance", response_model=Receipt)
async def decline_performance(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.DeclinePerformance(there, id, desk.me),
    )
