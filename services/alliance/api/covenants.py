"""Covenants: everybody may read them without signing in, staff enter what the meetings adopted."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.alliance.api.forms import CovenantForm, EndedCovenantForm, FilingForm, NextCovenantForm
from services.alliance.api.wiring import alliance_of
from services.alliance.commands import (
    CovenantCommand,
    EndCovenant,
    FileCovenant,
    RegisterCovenant,
    ReplaceCovenant,
)
from services.alliance.use_cases.covenants import keep_covenant
from services.alliance.views import covenants as views
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, TheKit
from shared.clock import local_day
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1", tags=["covenants"])


@router.get("/alliances/{id}/covenants")
async def covenants(id: UUID, kit: TheKit) -> views.CovenantList:
    """All of an alliance, with which of them are in force today."""
    async with kit.database.reading() as connection:
        return await views.covenants(connection, id, local_day(kit.clock.now()))


@router.get("/alliances/{id}/covenants.csv", response_class=Response)
async def covenant_table(id: UUID, kit: TheKit, language: CurrentLanguage) -> Response:
    """The same as a table."""
    today = local_day(kit.clock.now())
    async with kit.database.reading() as connection:
        found = await views.covenants(connection, id, today)
    return Response(
        views.covenant_table(found, language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="shangju-covenants-{today}.csv"'},
    )


@router.get("/covenants/{id}")
async def covenant(id: UUID, kit: TheKit) -> views.CovenantView:
    """Its clauses in every version, since when they are in force and how they were adopted."""
    async with kit.database.reading() as connection:
        return await views.covenant(connection, id, local_day(kit.clock.now()))


@router.post("/covenants", status_code=201, response_model=views.CovenantView)
async def register(form: CovenantForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """Enters what a meeting adopted. A clause that speaks of fines is refused: it is voluntary self-discipline."""
    command = RegisterCovenant(new_id(), alliance_of(actor), form.adopted)
    return await once(lambda tx: _changed(tx, command, actor, kit), status=201)


@router.post("/covenants/{id}/versions", response_model=views.CovenantView)
async def replace(
    id: UUID, form: NextCovenantForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    """The next version, whole: a clause keeps its number, and a new one takes the next that is free."""
    return await once(lambda tx: _changed(tx, ReplaceCovenant(id, form.follows, form.adopted), actor, kit))


@router.post("/covenants/{id}/filing", response_model=views.CovenantView)
async def file(id: UUID, form: FilingForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """The day on which the street office was handed the newest version."""
    return await once(lambda tx: _changed(tx, FileCovenant(id, form.follows, form.on), actor, kit))


@router.post("/covenants/{id}/end", response_model=views.CovenantView)
async def end(id: UUID, form: EndedCovenantForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """From a day on it is not in force any more; it stays to be read, with the reason."""
    return await once(
        lambda tx: _changed(tx, EndCovenant(id, form.follows, form.on, form.reason), actor, kit)
    )


async def _changed(tx: Connection, command: CovenantCommand, actor: Actor, kit: Kit) -> views.CovenantView:
    now = kit.clock.now()
    covenant_id = await keep_covenant(tx, command, actor, now)
    return await views.covenant(tx, covenant_id, local_day(now))
