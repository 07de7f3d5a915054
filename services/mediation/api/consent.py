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
    command = asked.Consent(
        id, desk.me, form.separate, available, tuple(form.languages), joint_session=form.joint_session
    )
    return await desk.handle(command)


@router.post("/v1/mediations/{id}/joint-session", response_model=Receipt)
async def answer_joint(id: UUID, form: forms.JointForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AnswerJoint(id, desk.me, form.agreed))


@router.post("/v1/mediations/{id}/refuse", response_model=Receipt)
async def refuse(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RefuseMediation(id, desk.me))


@router.post("/v1/mediations/{id}/fail", response_model=Receipt)
async def fail(id: UUID, form: forms.FailForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.FailMediation(id, form.reason))
