"""Times, absences and notes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
from services.mediation.api.desk import TheDesk
from services.mediation.views.models import Receipt

router = APIRouter()


@router.post("/v1/mediations/{id}/slots", response_model=Receipt)
async def offer_slots(id: UUID, form: forms.SlotsForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.offer_slots(tx, id, form.count, desk.actor, now))


@router.post("/v1/mediations/{id}/answers", response_model=Receipt)
async def answer_slots(id: UUID, form: forms.AnswersForm, desk: TheDesk) -> Response:
    available = None if form.available is None else tuple(window.span() for window in form.available)
    answers = tuple(answer.said_by(desk.me) for answer in form.answers)
    return await desk.handle(asked.AnswerSlots(id, desk.me, available, answers))


@router.post("/v1/mediations/{id}/answers/by-mouth", response_model=Receipt)
async def pass_on_times(id: UUID, form: forms.TimesForm, desk: TheDesk) -> Response:
    """When a party without an account said that they can come."""
    available = None if form.available is None else tuple(window.span() for window in form.available)
    answers = tuple(answer.said_by(form.party) for answer in form.answers)
    command = asked.PassOnTimes(id, form.party, available, answers)
    return await desk.answer(lambda tx, now: use_cases.enter(tx, command, desk.actor, now))


@router.post("/v1/mediations/{id}/schedule", response_model=Receipt)
async def schedule(id: UUID, form: forms.ScheduleForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.schedule(tx, id, form.slot_id, desk.actor, now))


@router.post("/v1/mediations/{id}/schedule-together", response_model=Receipt)
async def schedule_together(id: UUID, form: forms.TogetherForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.schedule_together(tx, id, form.with_mediation_id, desk.actor, now)
    )


@router.post("/v1/mediations/{id}/openness", response_model=Receipt)
async def choose_openness(id: UUID, form: forms.OpennessForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.choose_openness(tx, id, is_open=form.open, actor=desk.actor, now=now)
    )


@router.post("/v1/mediations/{id}/reschedule", response_model=Receipt)
async def reschedule(id: UUID, form: forms.RescheduleForm, desk: TheDesk) -> Response:
    match form:
        case forms.RescheduleForm(slot_id=UUID() as slot_id):
            return await desk.answer(
                lambda tx, now: use_cases.move_to_slot(
                    tx, id, slot_id, reason=form.reason, actor=desk.actor, now=now
                )
            )
        case forms.RescheduleForm(starts_at=datetime() as starts_at, room=str() as room):
            return await desk.answer(
                lambda tx, now: use_cases.move_to_time(
                    tx, id, starts_at, room=room, reason=form.reason, actor=desk.actor, now=now
                )
            )
    raise AssertionError("the form has one of the two")


@router.post("/v1/mediations/{id}/absences", response_model=Receipt)
async def record_absence(id: UUID, form: forms.AbsenceForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RecordAbsence(id, form.side, form.waited_minutes))


@router.post("/v1/mediations/{id}/absences/explain", response_model=Receipt)
async def explain_absence(id: UUID, form: forms.ExplanationForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.explain_absence(
            tx, id, form.text, side=form.side, actor=desk.actor, now=now
        )
    )


@router.post("/v1/mediations/{id}/absences/excuse", response_model=Receipt)
async def excuse_absence(id: UUID, form: forms.ExcuseForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.ExcuseAbsence(id, form.side, form.seen_on))


@router.post("/v1/mediations/{id}/default-path", response_model=Receipt)
async def choose_default(id: UUID, form: forms.DefaultForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.ChooseDefault(id, desk.me, form.choice))


@router.post("/v1/mediations/{id}/minutes", response_model=Receipt)
async def write_minutes(id: UUID, form: forms.MinutesForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.WriteMinutes(id, form.text))


@router.post("/v1/mediations/{id}/minutes/release", response_model=Receipt)
async def release_minutes(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.ReleaseMinutes(id))


@router.post("/v1/mediations/{id}/exchange", response_model=Receipt)
async def log_exchange(id: UUID, form: forms.ExchangeForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.LogExchange(id, form.spoken()))


@router.post("/v1/mediations/{id}/restatements", response_model=Receipt)
async def restate(id: UUID, form: forms.RestatementForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RestateInterest(id, form.side, form.text))


@router.post("/v1/mediations/{id}/restatements/answer", response_model=Receipt)
async def answer_restatement(id: UUID, form: forms.RightForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AnswerRestatement(id, desk.me, form.right))


@router.post("/v1/mediations/{id}/findings", response_model=Receipt)
async def record_finding(id: UUID, form: forms.FindingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RecordFinding(id, form.point, form.established))


@router.post("/v1/mediations/{id}/caucus-notes", response_model=Receipt)
async def write_caucus_note(id: UUID, form: forms.CaucusNoteForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.write_caucus_note(
            tx, id, form.text, side=form.side, actor=desk.actor, now=now
        )
    )
