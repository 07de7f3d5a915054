"""The commands on a case, each at the address named like it."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from services.complaints import sentences, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api import forms
from services.complaints.api.asking import Ask
from services.complaints.commands import (
    AcceptCase,
    AnswerCase,
    AnswerSurvey,
    DecideHealthSharing,
    DeclineCase,
    JoinCase,
    OpenSealed,
    RecordHealthConsent,
    ReleaseMessage,
    ReopenCase,
    RevealIdentity,
    RouteCase,
    SealEvidence,
    SendMessage,
    SeparateCase,
    ServeNotice,
    WithdrawCase,
)
from services.complaints.use_cases import Done
from shared.errors import Invalid
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/cases/{id}")


@router.post("/category", response_model=Receipt)
async def correct_category(id: UUID, form: forms.CategoryForm, ask: Ask) -> Response:
    return await ask.case(
        lambda tx, now: use_cases.correct_category(tx, id, form.subcategory, ask.actor, now)
    )


@router.post("/accept", response_model=Receipt)
async def accept(id: UUID, form: forms.AcceptForm, ask: Ask) -> Response:
    command = AcceptCase(id, form.shared_summary, tier=form.tier, respondent_fact=form.respondent_fact)
    return await ask.case(
        lambda tx, now: use_cases.accept_case(
            tx, command, form.respondent_id, ask.actor, now, words_checked=form.words_checked
        )
    )


@router.post("/health-sharing", response_model=Receipt)
async def decide_health_sharing(id: UUID, form: forms.HealthSharingForm, ask: Ask) -> Response:
    return await ask.command(DecideHealthSharing(id, form.shared))


@router.post("/health-consent", response_model=Receipt)
async def record_health_consent(id: UUID, form: forms.HealthConsentForm, ask: Ask) -> Response:
    return await ask.command(RecordHealthConsent(id, form.shared, form.how, form.told_on))


@router.post("/decline", response_model=Receipt)
async def decline(id: UUID, form: forms.DeclineForm, ask: Ask) -> Response:
    return await ask.command(DeclineCase(id, form.reason, form.next_address, form.note))


@router.post("/join", response_model=Receipt)
async def join(id: UUID, form: forms.JoinForm, ask: Ask) -> Response:
    command = JoinCase(id, form.lead_case_id)
    return await ask.case(lambda tx, now: use_cases.join_case(tx, command, ask.actor, now))


@router.post("/separate", response_model=Receipt)
async def separate(id: UUID, _: forms.EmptyForm, ask: Ask) -> Response:
    command = SeparateCase(id)
    return await ask.case(lambda tx, now: use_cases.take_out(tx, command, ask.actor, now))


@router.post("/serve", response_model=Receipt)
async def serve(id: UUID, form: forms.ServeForm, ask: Ask) -> Response:
    return await ask.command(ServeNotice(id, form.how))


@router.post("/answer", response_model=Receipt)
async def answer(id: UUID, form: forms.AnswerForm, ask: Ask) -> Response:
    command = AnswerCase(id, form.kind, form.text)
    if form.claim is None:
        return await ask.command(command)
    if form.kind != "counter_claim":
        raise Invalid("/claim", "claim_without_counter_claim")
    claim = form.claim

    async def work(tx: Connection) -> Receipt:
        done = await use_cases.answer_with_claim(tx, command, dict(claim), ask.actor, ask.now())
        next_step = sentences.TEXTS(
            "next_counter_claim", ask.language, reference=done.claim.case.file.reference
        )
        return views.receipt(done.case, ask.language, next_step=next_step, counter_claim=done.claim.case)

    return await ask.once(work)


@router.post("/messages", response_model=Receipt)
async def send_message(id: UUID, form: forms.MessageForm, ask: Ask) -> Response:
    command = SendMessage(id, uuid4(), form.to, form.text)

    def next_step(done: Done) -> str:
        return sentences.message_taken(done.case, done.at.by.role, form.to, ask.language)

    return await ask.case(lambda tx, now: use_cases.handle(tx, command, ask.actor, now), next_step=next_step)


@router.post("/messages/{message_id}/release", response_model=Receipt)
async def release_message(id: UUID, message_id: UUID, _: forms.EmptyForm, ask: Ask) -> Response:
    return await ask.command(ReleaseMessage(id, message_id))


@router.post("/evidence/{evidence_id}/seal", response_model=Receipt)
async def seal_evidence(id: UUID, evidence_id: UUID, _: forms.EmptyForm, ask: Ask) -> Response:
    return await ask.command(SealEvidence(id, evidence_id))


@router.post("/evidence/{evidence_id}/open", response_model=Receipt)
async def open_evidence(id: UUID, evidence_id: UUID, form: forms.ReasonForm, ask: Ask) -> Response:
    assert ask.actor.member_id is not None  # noqa: S101
    return await ask.command(OpenSealed(id, evidence_id, ask.actor.member_id, form.reason))


@router.post("/route", response_model=Receipt)
async def route(id: UUID, form: forms.RouteForm, ask: Ask) -> Response:
    return await ask.command(RouteCase(id, form.path))


@router.post("/withdraw", response_model=Receipt)
async def withdraw(id: UUID, form: forms.WithdrawForm, ask: Ask) -> Response:
    command = WithdrawCase(id, form.note, form.reason, pressured=form.pressured)
    return await ask.case(lambda tx, now: use_cases.take_out(tx, command, ask.actor, now))


@router.post("/reopen", response_model=Receipt)
async def reopen(id: UUID, form: forms.ReasonForm, ask: Ask) -> Response:
    return await ask.command(ReopenCase(id, form.reason))


@router.post("/survey", response_model=Receipt)
async def answer_survey(id: UUID, form: forms.SurveyForm, ask: Ask) -> Response:
    return await ask.command(AnswerSurvey(id, form.solved, form.score, form.comment, form.share_comment))


@router.post("/reveal", response_model=Receipt)
async def reveal(id: UUID, form: forms.ReasonForm, ask: Ask) -> Response:
    assert ask.actor.member_id is not None  # noqa: S101
    return await ask.command(RevealIdentity(id, ask.actor.member_id, form.reason))
