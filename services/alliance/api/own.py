"""One's own data: the copy everybody may ask for at any time (PIPL art. 45)."""

from __future__ import annotations

from fastapi import APIRouter

from services.alliance import copies, policy
from shared.access.door import CurrentActor, TheKit
from shared.clock import local_day

router = APIRouter(prefix="/v1/me", tags=["own data"])


@router.get("/data")
async def show_own_data(actor: CurrentActor, kit: TheKit) -> copies.OwnData:
    """What the register holds of whoever asks."""
    today = local_day(kit.clock.now())
    async with kit.database.reading() as connection:
        return await copies.own_data(connection, actor, policy.member(actor), today)
