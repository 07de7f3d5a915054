"""Consent, refusal and failure."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
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


@router.post("/v1/mediations/{id}/consent/on-paper", response_model=Receipt)
async def enter_consent(id: UUID, form: forms.PaperConsentForm, desk: TheDesk) -> Response:
    """The yes of a party without an account, from a sheet they signed by hand."""
    available = tuple(window.span() for window in form.available)
    languages = tuple(form.languages)
    command = asked.EnterConsent(id, form.party, form.sheet(desk.me), form.separate, available, languages)
    return await desk.answer(lambda tx, now: use_cases.enter(tx, command, desk.actor, now))


@router.post("/v1/mediations/{id}/joint-session", response_model=Receipt)
async def answer_joint(id: UUID, form: forms.JointForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AnswerJoint(id, desk.me, form.agreed))


@router.post("/v1/mediations/{id}/refuse", response_model=Receipt)
async def refuse(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RefuseMediation(id, desk.me))


@router.post("/v1/mediations/{id}/refuse/on-paper", response_model=Receipt)
async def enter_refusal(id: UUID, form: forms.SheetForm, desk: TheDesk) -> Response:
    """The no of a party without an account; whose it was stays with mediator and committee."""
    command = asked.EnterRefusal(id, form.party, form.sheet(desk.me))
    return await desk.answer(lambda tx, now: use_cases.enter(tx, command, desk.actor, now))


@router.post("/v1/mediations/{id}/fail", response_model=Receipt)
async def fail(id: UUID, form: forms.FailForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.FailMediation(id, form.reason))
