"""Who mediates."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.mediation import commands as asked
from services.mediation import forms, use_cases
from services.mediation.api.desk import Listing, TheDesk
from services.mediation.views import queries
from services.mediation.views.models import MediatorView, Receipt
from shared.access.door import CurrentActor, TheKit

router = APIRouter()


@router.get("/v1/mediators")
async def list_mediators(
    actor: CurrentActor, kit: TheKit, mediation_id: UUID | None = None
) -> Listing[MediatorView]:
    async with kit.database.reading() as connection:
        found = await queries.mediators(connection, actor, kit.clock.now(), mediation_id=mediation_id)
    return Listing(items=found)


@router.post("/v1/mediations/{id}/nominate", response_model=Receipt)
async def nominate(id: UUID, form: forms.NominateForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.nominate(tx, id, form.mediator_id, desk.actor, now))


@router.post("/v1/mediations/{id}/take", response_model=Receipt)
async def take(id: UUID, form: forms.TakeForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.take(tx, id, form.relation, actor=desk.actor, now=now))


@router.post("/v1/mediations/{id}/accept-mediator", response_model=Receipt)
async def accept_mediator(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.AcceptMediator(id, desk.me))


@router.post("/v1/mediations/{id}/decline-mediator", response_model=Receipt)
async def decline_mediator(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.decline_mediator(tx, id, desk.actor, now))


@router.post("/v1/mediations/{id}/stop", response_model=Receipt)
async def stop(id: UUID, form: forms.StopForm, desk: TheDesk) -> Response:
    """A conflict of interest came to light."""
    return await desk.answer(lambda tx, now: use_cases.stop_for_conflict(tx, id, form.note, desk.actor, now))


@router.post("/v1/mediations/{id}/pass-on", response_model=Receipt)
async def pass_on(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.PassOn(id, desk.me))
