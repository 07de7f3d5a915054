"""Which alliances there are: everybody may know, for their boards are everybody's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.alliance import views
from services.alliance.api.forms import AllianceQuery
from shared.access.door import TheKit

router = APIRouter(prefix="/v1/alliances", tags=["alliances"])


@router.get("")
async def alliances(kit: TheKit, asked: Annotated[AllianceQuery, Query()]) -> views.AlliancePage:
    async with kit.database.reading() as connection:
        return await views.alliances(connection, asked.q, views.Page(asked.cursor, asked.limit))


@router.get("/{id}")
async def alliance(id: UUID, kit: TheKit) -> views.AllianceWithBlocks:
    async with kit.database.reading() as connection:
        return await views.alliance(connection, id)
