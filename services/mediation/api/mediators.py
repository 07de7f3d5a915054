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
async def take(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.answer(lambda tx, now: use_cases.take(tx, id, desk.me, desk.actor, now))


@router.post("/v1/mediations/{id}/pass-on", response_model=Receipt)
async def pass_on(id: UUID, _: forms.NothingForm, desk: TheDesk) -> Response:
    return await desk.handle(asked.PassOn(id, desk.me))
