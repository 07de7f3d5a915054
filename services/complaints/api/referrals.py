"""What lies with the authorities: sending, confirming, returning, and the officers' own list."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Response

from services.complaints import answers, policy, sentences, showing, storage, use_cases
from services.complaints.answers import Receipt
from services.complaints.api import forms
from services.complaints.api.asking import Ask
from services.complaints.api.evidence import content_of
from services.complaints.commands import ReceiveReferral, ReferCase, ReturnCase
from services.complaints.use_cases import Done
from services.complaints.views import referrals
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed, NotFound

router = APIRouter()


@router.post("/v1/cases/{id}/refer", response_model=Receipt)
async def refer(id: UUID, form: forms.ReferForm, ask: Ask) -> Response:
    command = ReferCase(
        id,
        uuid4(),
        form.authority,
        form.note,
        form.part,
        form.documents,
        form.officer_id,
        form.papers,
        form.evidence_ids,
    )
    return await ask.case(lambda tx, now: use_cases.refer_case(tx, command, ask.actor, now))


@router.post("/v1/cases/{id}/referral-receipt", response_model=Receipt)
async def receive(id: UUID, form: forms.ReceiptForm, ask: Ask) -> Response:
    return await _answer(ReceiveReferral(id, form.referral_id), ask)


@router.post("/v1/cases/{id}/return", response_model=Receipt)
async def bring_back(id: UUID, form: forms.ReturnForm, ask: Ask) -> Response:
    return await _answer(ReturnCase(id, **dict(form)), ask)


async def _answer(command: ReceiveReferral | ReturnCase, ask: Ask) -> Response:
    def next_step(done: Done) -> str:
        return sentences.referral_answered(done.case, done.at, ask.language)

    return await ask.case(
        lambda tx, now: use_cases.answer_referral(tx, command, ask.actor, now), next_step=next_step
    )


@router.get("/v1/cases/{id}/referrals/{referral_id}/evidence/{evidence_id}")
async def read_evidence(
    id: UUID, referral_id: UUID, evidence_id: UUID, actor: CurrentActor, kit: TheKit
) -> Response:
    """A file that went along, for the officer who has the referral and as long as they have it."""
    async with kit.database.reading() as connection:
        found = await storage.read_case(connection, id, by=actor)
    file = found.case.file
    referral = file.referral(referral_id)
    by = policy.officer_of(actor, found.aggregate.alliance_id, found.case, found.people)
    if by is None or referral is None or not policy.is_handed_to(actor, referral, file):
        raise NotFound
    return await content_of(evidence_id, showing.handed_content(referral, file.exhibit(evidence_id)), kit)


@router.get("/v1/referrals")
async def list_referrals(
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    *,
    is_open: Annotated[bool | None, Query(alias="open")] = None,
) -> answers.Referrals:
    """What was handed to the reader, or by their committee: the newest first, two hundred at most."""
    if not policy.may_list_referrals(actor):
        raise NotAllowed
    async with kit.database.reading() as connection:
        found = await storage.referrals_for(connection, actor, is_open=is_open)
    return answers.Referrals(items=[referrals.handed_over(one, kit.clock.now(), language) for one in found])
