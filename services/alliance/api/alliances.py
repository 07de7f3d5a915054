"""Which alliances there are and how they are reached: everybody may know, for their boards are everybody's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.alliance import views
from services.alliance.api.forms import AllianceForm, AllianceQuery
from services.alliance.use_cases.naming import rename
from shared.access.door import CurrentActor, DoOnce, TheKit
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/alliances", tags=["alliances"])


@router.get("")
async def alliances(kit: TheKit, asked: Annotated[AllianceQuery, Query()]) -> views.AlliancePage:
    async with kit.database.reading() as connection:
        return await views.alliances(connection, asked.q, views.Page(asked.cursor, asked.limit))


@router.get("/{id}")
async def alliance(id: UUID, kit: TheKit) -> views.AllianceWithBlocks:
    async with kit.database.reading() as connection:
        return await views.alliance(connection, id)


@router.put("/{id}", response_model=views.AllianceWithBlocks)
async def rename_it(id: UUID, form: AllianceForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """What it is called and how it is reached from now on."""

    async def work(tx: Connection) -> views.AllianceWithBlocks:
        await rename(tx, id, actor, kit.clock.now(), name=form.name, contact=form.contact)
        return await views.alliance(tx, id)

    return await once(work)
