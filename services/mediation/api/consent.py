"""Consent, refusal and failure."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms
from services.mediation.api.desk import TheDesk
from services.mediation.views.models import Receipt

router = APIRouter()


@router.post("/v1/mediations/{id}/consent", response_model=Receipt)
async def consent(id: UUID, form: forms.ConsentForm, desk: TheDesk) -> Response:
    available = tuple(window.span() for window in form.available)
    return await desk.handle(asked.Consent(id, desk.me, form.separate, available, tuple(form.languages)))


@router.post("/v1/mediations/{id}/refuse", response_model=Receipt)
async def refuse(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RefuseMediation(id, desk.me))


@router.post("/v1/mediations/{id}/fail", response_model=Receipt)
async def fail(id: UUID, form: forms.FailForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.FailMediation(id, form.reason))
