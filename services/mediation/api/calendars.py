"""When mediators and rooms are free."""

from __future__ import annotations

from fastapi import APIRouter, Response

from services.mediation import forms, use_cases
from services.mediation.api.desk import Listing
from services.mediation.views import queries
from services.mediation.views.models import RoomView
from shared.access.door import CurrentActor, DoOnce, TheKit
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter()


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
