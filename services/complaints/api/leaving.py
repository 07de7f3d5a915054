"""Parties leave and others are asked to come after them, each at the address named like the command."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import StrictBool

from services.complaints import use_cases
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Summary, Text
from services.complaints.commands import AnswerInvitation, RecordLeaving, SpeakOnLeaving
from services.complaints.terms import LeaveReason, LeaveWish, Side, Succession

router = APIRouter(prefix="/v1/cases/{id}")


class LeftForm(Form):
    """Where the register does not tell it: who died, or a party without an occupancy."""

    leaver_id: UUID
    on: date
    why: LeaveReason = "moved"


class LeavingForm(Form):
    """`former_id` is for the coordinator, who enters what they were told."""

    former_id: UUID | None = None
    wish: LeaveWish | None = None
    text: Text | None = None


class InviteForm(Form):
    """`facts` is all the invited one is told: what troubles whom and what was agreed, without names and answers."""

    member_id: UUID
    side: Side
    capacity: Succession = "successor"
    facts: Summary


class InvitationForm(Form):
    """`invited_id` is for the coordinator, who enters what they heard at a visit."""

    invited_id: UUID | None = None
    affected: StrictBool
    text: Text | None = None


@router.post("/leavings", response_model=Receipt)
async def record_leaving(id: UUID, form: LeftForm, ask: Ask) -> Response:
    return await ask.command(RecordLeaving(id, form.leaver_id, form.on, form.why))


@router.post("/leaving", response_model=Receipt)
async def speak_on_leaving(id: UUID, form: LeavingForm, ask: Ask) -> Response:
    return await ask.command(SpeakOnLeaving(id, form.former_id, form.wish, form.text))


@router.post("/invite", response_model=Receipt)
async def invite(id: UUID, form: InviteForm, ask: Ask) -> Response:
    return await ask.case(
        lambda tx, now: use_cases.invite_party(tx, id, **dict(form), actor=ask.actor, now=now)
    )


@router.post("/invitation", response_model=Receipt)
async def answer_invitation(id: UUID, form: InvitationForm, ask: Ask) -> Response:
    return await ask.command(AnswerInvitation(id, form.invited_id, form.affected, form.text))
