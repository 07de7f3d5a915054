"""Agreements: drafted, signed, marked, taken to court."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
from services.mediation.api.desk import TheDesk
from services.mediation.state import Opened
from services.mediation.storage import mediations as stored
from services.mediation.views.models import Receipt
from shared.access.actor import Intent
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter()


@router.post("/v1/mediations/{id}/agreement", response_model=Receipt)
async def draft_agreement(id: UUID, form: forms.AgreementForm, desk: TheDesk) -> Response:
    promises = forms.promises_in(form.commitments)
    command = asked.DraftAgreement(id, new_id(), form.form, form.facts, form.terms, promises, form.agreed_on)
    return await desk.answer(lambda tx, now: use_cases.draft_agreement(tx, command, desk.actor, now))


@router.post("/v1/mediations/{id}/amendment", response_model=Receipt)
async def propose_amendment(id: UUID, form: forms.AmendmentForm, desk: TheDesk) -> Response:
    promises = forms.promises_in(form.commitments)
    return await desk.handle(asked.ProposeAmendment(id, new_id(), form.terms, tuple(form.replaces), promises))


@router.post("/v1/mediations/{id}/amendment/decline", response_model=Receipt)
async def decline_amendment(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.DeclineAmendment(id, desk.me))


@router.post("/v1/agreements/{id}/sign", response_model=Receipt)
async def sign(id: UUID, form: forms.SignForm, desk: TheDesk) -> Response:
    """It takes the proof that the code mailed for just these words was given; being signed in is not signing."""
    return await desk.handle_meant(
        partial(stored.mediation_of_agreement, agreement_id=id),
        form.proof,
        lambda there, intent: asked.SignAgreement(there, id, desk.me, form.content_hash, intent),
    )


@router.post("/v1/agreements/{id}/sign/on-paper", response_model=Receipt)
async def enter_signature(id: UUID, form: forms.PaperSignForm, desk: TheDesk) -> Response:
    """By pen or fingerprint of a party without an account (art. 29), before whoever enters it and a witness."""

    async def entered(tx: Connection, now: datetime) -> Opened:
        there = await stored.mediation_of_agreement(tx, desk.actor, agreement_id=id)
        named, sheet = form.content_hash, form.sheet(desk.me)
        command = asked.EnterSignature(there, id, form.party, named, sheet)
        return await use_cases.enter(tx, command, desk.actor, now)

    return await desk.answer(entered)


@router.post("/v1/agreements/{id}/opt-in", response_model=Receipt)
async def opt_in(id: UUID, form: forms.OptInForm, desk: TheDesk) -> Response:
    """One of those who complain together says yes or no, for themselves alone; a yes takes a proof too."""
    find = partial(stored.mediation_of_agreement, agreement_id=id)

    def answer(there: UUID, intent: Intent | None = None) -> asked.AnswerDraft:
        return asked.AnswerDraft(there, id, desk.me, form.content_hash, agrees=form.agrees, intent=intent)

    if form.proof is None:
        return await desk.handle_there(find, answer)
    return await desk.handle_meant(find, form.proof, answer)


@router.post("/v1/agreements/{id}/mark", response_model=Receipt)
async def mark(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.MarkAgreement(there, id, desk.me),
    )


@router.post("/v1/agreements/{id}/confirm-in-court", response_model=Receipt)
async def ask_court(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.AskCourt(there, id, desk.me),
    )


@router.post("/v1/agreements/{id}/confirm-in-court/by-mouth", response_model=Receipt)
async def pass_on_court_request(id: UUID, form: forms.ToldForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.PassOnCourtRequest(there, id, desk.me, form.told_on),
    )
