"""Others at the session: invited, agreed to, and asked whether they come."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
from services.mediation.api.desk import TheDesk
from services.mediation.views.models import Receipt

router = APIRouter()


@router.post("/v1/mediations/{id}/invite", response_model=Receipt)
async def invite(id: UUID, form: forms.InviteForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.invite(
            tx,
            id,
            form.member_id,
            role=form.role,
            required=form.required,
            name=form.name,
            actor=desk.actor,
            now=now,
        )
    )


@router.post("/v1/mediations/{id}/invite/agree", response_model=Receipt)
async def agree(id: UUID, form: forms.GuestForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AgreeToGuest(id, form.guest_id, desk.me))


@router.post("/v1/mediations/{id}/invite/decline", response_model=Receipt)
async def decline(id: UUID, form: forms.GuestForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.DeclineGuest(id, form.guest_id, desk.me))


@router.post("/v1/mediations/{id}/invite/withdraw", response_model=Receipt)
async def withdraw(id: UUID, form: forms.GuestForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.WithdrawInvitation(id, form.guest_id, desk.me))


@router.post("/v1/mediations/{id}/invite/answer", response_model=Receipt)
async def answer_invitation(id: UUID, form: forms.ComesForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.answer_invitation(
            tx, id, comes=form.comes, relation=form.relation, actor=desk.actor, now=now
        )
    )
