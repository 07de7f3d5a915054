"""Places: everybody in the alliance may read them, staff keep them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.alliance import policy, views
from services.alliance.api.forms import (
    ChangedPlaceForm,
    NeighbourForm,
    OccupantQuery,
    PlaceForm,
    PlaceQuery,
    ShopHoursForm,
)
from services.alliance.api.wiring import alliance_of
from services.alliance.commands import ChangePlace, Command, DeclareAdjacency, RegisterPlace, SetShopHours
from services.alliance.use_cases.register import handle
from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, Kit, TheKit
from shared.clock import local_day
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/places", tags=["places"])


@router.get("")
async def places(actor: CurrentActor, kit: TheKit, asked: Annotated[PlaceQuery, Query()]) -> views.PlacePage:
    wanted = views.PlaceFilter(asked.kind, asked.block_id, asked.q, asked.building_id)
    page = views.Page(asked.cursor, asked.limit)
    async with kit.database.reading() as connection:
        return await views.places(connection, actor.alliance_id, wanted, page)


@router.get("/{id}")
async def place(id: UUID, actor: CurrentActor, kit: TheKit) -> views.PlaceWithNeighbours:
    async with kit.database.reading() as connection:
        return await views.place(connection, actor.alliance_id, id)


@router.post("", status_code=201, response_model=views.PlaceWithNeighbours)
async def register(body: PlaceForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    def command() -> RegisterPlace:
        neighbours = tuple(form.neighbour for form in body.adjacent)
        return RegisterPlace(
            new_id(), alliance_of(actor), body.kind, body.name, body.parent_id, body.trade, neighbours
        )

    return await once(lambda tx: _changed(tx, command(), actor, kit), status=201)


@router.post("/{id}/change", response_model=views.PlaceWithNeighbours)
async def change(
    id: UUID, body: ChangedPlaceForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    return await once(lambda tx: _changed(tx, ChangePlace(id, body.name, body.trade), actor, kit))


@router.post("/{id}/hours", response_model=views.PlaceWithNeighbours)
async def set_hours(
    id: UUID, body: ShopHoursForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    """When a shop is open and when it is busiest: for whoever trades there today, and staff."""
    weekly = tuple(one.open_hours for one in body.weekly)
    busy = tuple(one.hours for one in body.busy)
    return await once(lambda tx: _changed(tx, SetShopHours(id, weekly, busy), actor, kit))


@router.get("/{id}/occupants")
async def occupants(
    id: UUID, actor: CurrentActor, kit: TheKit, asked: Annotated[OccupantQuery, Query()]
) -> views.Occupants:
    """Who is at the place today, or was on a day; days gone by are for staff."""
    today = local_day(kit.clock.now())
    async with kit.database.reading() as connection:
        place = await views.place(connection, actor.alliance_id, id)
        there = await views.occupants(connection, id, today)
        lives_there = any(one.member_id == actor.member_id for one in there.items)
        sight = policy.sight_of_occupants(actor, place.building_id, lives_there=lives_there)
        if sight is policy.Sight.NAME:
            return views.neighbours_of(there, actor.member_id)
        return await views.occupants(connection, id, asked.on or today)


@router.post("/{id}/adjacent", response_model=views.PlaceWithNeighbours)
async def declare_adjacency(
    id: UUID, body: NeighbourForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    return await once(lambda tx: _changed(tx, DeclareAdjacency(id, body.neighbour), actor, kit))


async def _changed(tx: Connection, command: Command, actor: Actor, kit: Kit) -> views.PlaceWithNeighbours:
    place_id = await handle(tx, command, actor, kit.clock.now())
    return await views.place(tx, actor.alliance_id, place_id)
