"""The HTTP door: parses, hands on, answers. No rule lives here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from services.mediation import commands as asked
from services.mediation import forms, policy, use_cases
from services.mediation.state import Opened
from services.mediation.storage import mediations as stored
from services.mediation.storage.charters import CHARTERS
from services.mediation.views import queries
from services.mediation.views.mediation import mediation_view, receipt
from services.mediation.views.models import (
    ListedView,
    MediationView,
    MediatorView,
    NoteView,
    Receipt,
    RoomView,
)
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, Once, TheKit
from shared.ids import new_id
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()
T = TypeVar("T")


class Listing(BaseModel, Generic[T]):
    """All there is; a handful."""

    items: list[T]


class Page(BaseModel, Generic[T]):
    """A part of a longer list."""

    items: list[T]
    next_cursor: str | None


@dataclass(frozen=True)
class Desk:
    """What every write at this door has in common: who asks, when, once only, answered with a receipt."""

    actor: Actor
    language: Language
    once: Once
    kit: Kit

    @property
    def me(self) -> UUID:
        return policy.member(self.actor)

    async def handle(self, command: asked.Command) -> Response:
        """For commands that need nothing but the mediation's own state."""
        return await self.answer(lambda tx, now: use_cases.handle(tx, command, self.actor, now))

    async def handle_there(self, find: Find, make: Callable[[UUID], asked.Command]) -> Response:
        """The same, where the mediation is found by its agreement or commitment."""

        async def found(tx: Connection, now: datetime) -> Opened:
            return await use_cases.handle(tx, make(await find(tx)), self.actor, now)

        return await self.answer(found)

    async def answer(self, work: Callable[[Connection, datetime], Awaitable[Opened]]) -> Response:
        now = self.kit.clock.now()

        async def receipted(tx: Connection) -> Receipt:
            done = await work(tx, now)
            charter = await CHARTERS.current(tx, done.matter.alliance_id)
            return receipt(self.actor, done, now, self.language, calendar=charter.calendar)

        return await self.once(receipted)


Find = Callable[[Connection], Awaitable[UUID]]


async def _desk(actor: CurrentActor, language: CurrentLanguage, once: DoOnce, kit: TheKit) -> Desk:
    return Desk(actor, language, once, kit)


TheDesk = Annotated[Desk, Depends(_desk)]


@router.get("/v1/mediations")
async def list_mediations(
    actor: CurrentActor,
    kit: TheKit,
    *,
    case_id: UUID | None = None,
    mine: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Page[ListedView]:
    async with kit.database.reading() as connection:
        items, next_cursor = await queries.mediations(
            connection, actor, kit.clock.now(), case_id=case_id, mine=mine, cursor=cursor, limit=limit
        )
    return Page(items=items, next_cursor=next_cursor)


@router.get("/v1/mediations/{id}")
async def show(id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> MediationView:
    async with kit.database.reading() as connection:
        state = await stored.mediation_seen_by(connection, actor, id)
        charter = await CHARTERS.current(connection, state.matter.alliance_id)
    return mediation_view(actor, state, kit.clock.now(), language, calendar=charter.calendar)


@router.get("/v1/mediations/{id}/calendar.ics", response_class=Response)
async def calendar(id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> Response:
    async with kit.database.reading() as connection:
        file = await queries.calendar_file(connection, actor, id, kit.clock.now(), language)
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/v1/mediations/{id}/caucus-notes")
async def caucus_notes(id: UUID, actor: CurrentActor, kit: TheKit) -> Listing[NoteView]:
    async with kit.database.reading() as connection:
        return Listing(items=await queries.caucus_notes(connection, actor, id))


@router.post("/v1/mediations/{id}/consent", response_model=Receipt)
async def consent(id: UUID, form: forms.ConsentForm, desk: TheDesk) -> Response:
    available = tuple(window.span() for window in form.available)
    return await desk.handle(asked.Consent(id, desk.me, form.separate, available))


@router.post("/v1/mediations/{id}/refuse", response_model=Receipt)
async def refuse(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RefuseMediation(id, desk.me))


@router.post("/v1/mediations/{id}/nominate", response_model=Receipt)
async def nominate(id: UUID, form: forms.NominateForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.nominate(tx, id, form.mediator_id, desk.actor, now))


@router.post("/v1/mediations/{id}/take", response_model=Receipt)
async def take(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.take(tx, id, desk.me, desk.actor, now))


@router.post("/v1/mediations/{id}/pass-on", response_model=Receipt)
async def pass_on(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.PassOn(id, desk.me))


@router.post("/v1/mediations/{id}/slots", response_model=Receipt)
async def offer_slots(id: UUID, form: forms.SlotsForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.offer_slots(tx, id, form.count, desk.actor, now))


@router.post("/v1/mediations/{id}/answers", response_model=Receipt)
async def answer_slots(id: UUID, form: forms.AnswersForm, desk: TheDesk) -> Response:
    available = None if form.available is None else tuple(window.span() for window in form.available)
    answers = tuple(answer.said_by(desk.me) for answer in form.answers)
    return await desk.handle(asked.AnswerSlots(id, desk.me, available, answers))


@router.post("/v1/mediations/{id}/schedule", response_model=Receipt)
async def schedule(id: UUID, form: forms.ScheduleForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.ScheduleSession(id, form.slot_id, new_id()))


@router.post("/v1/mediations/{id}/reschedule", response_model=Receipt)
async def reschedule(id: UUID, form: forms.RescheduleForm, desk: TheDesk) -> Response:
    match form:
        case forms.RescheduleForm(slot_id=UUID() as slot_id):
            return await desk.handle(asked.MoveToSlot(id, slot_id, form.reason))
        case forms.RescheduleForm(starts_at=datetime() as starts_at, room=str() as room):
            return await desk.answer(
                lambda tx, now: use_cases.move_to_time(
                    tx, id, starts_at, room=room, reason=form.reason, actor=desk.actor, now=now
                )
            )
    raise AssertionError("the form has one of the two")


@router.post("/v1/mediations/{id}/absences", response_model=Receipt)
async def record_absence(id: UUID, form: forms.AbsenceForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.RecordAbsence(id, form.side))


@router.post("/v1/mediations/{id}/minutes", response_model=Receipt)
async def write_minutes(id: UUID, form: forms.MinutesForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.WriteMinutes(id, form.text))


@router.post("/v1/mediations/{id}/caucus-notes", response_model=Receipt)
async def write_caucus_note(id: UUID, form: forms.CaucusNoteForm, desk: TheDesk) -> Response:
    return await desk.answer(
        lambda tx, now: use_cases.write_caucus_note(
            tx, id, form.text, side=form.side, actor=desk.actor, now=now
        )
    )


@router.post("/v1/mediations/{id}/agreement", response_model=Receipt)
async def draft_agreement(id: UUID, form: forms.AgreementForm, desk: TheDesk) -> Response:
    promises = tuple(commitment.promise() for commitment in form.commitments)
    return await desk.handle(
        asked.DraftAgreement(id, new_id(), form.form, form.facts, form.terms, promises, form.agreed_on)
    )


@router.post("/v1/mediations/{id}/fail", response_model=Receipt)
async def fail(id: UUID, form: forms.FailForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.FailMediation(id, form.reason))


@router.post("/v1/agreements/{id}/sign", response_model=Receipt)
async def sign(id: UUID, form: forms.SignForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda there: asked.SignAgreement(there, id, desk.me, form.content_hash),
    )


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


@router.post("/v1/commitments/{id}/proof", response_model=Receipt)
async def prove(id: UUID, form: forms.ProofForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_commitment, commitment_id=id),
        lambda there: asked.ProveCommitment(there, id, desk.me, form.text),
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


@router.get("/v1/mediators")
async def list_mediators(
    actor: CurrentActor, kit: TheKit, mediation_id: UUID | None = None
) -> Listing[MediatorView]:
    async with kit.database.reading() as connection:
        found = await queries.mediators(connection, actor, kit.clock.now(), mediation_id=mediation_id)
    return Listing(items=found)


@router.put("/v1/mediators/me/availability", response_model=forms.AvailabilityForm)
async def set_availability(form: forms.AvailabilityForm, actor: CurrentActor, once: DoOnce) -> Response:
    async def work(tx: Connection) -> forms.AvailabilityForm:
        await use_cases.set_availability(tx, form.availability(), actor)
        return form

    return await once(work)


@router.get("/v1/rooms")
async def list_rooms(actor: CurrentActor, kit: TheKit) -> Listing[RoomView]:
    async with kit.database.reading() as connection:
        return Listing(items=await queries.rooms(connection, actor))


@router.put("/v1/rooms/{code}", response_model=RoomView)
async def set_room(code: forms.RoomCode, form: forms.RoomForm, actor: CurrentActor, once: DoOnce) -> Response:
    async def work(tx: Connection) -> RoomView:
        room_id = await use_cases.set_room(
            tx, new_id(), code=code, name=form.name, availability=form.availability(), actor=actor
        )
        return RoomView(id=room_id, code=code, name=form.name, weekly=form.weekly)

    return await once(work)
