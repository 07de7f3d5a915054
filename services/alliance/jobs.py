"""What the worker does now and then, unasked."""

from __future__ import annotations

import asyncio

import structlog

from services.alliance.storage import sign_in
from shared.access.door import Kit
from shared.persistence.database import UNAVAILABLE

log = structlog.get_logger()
_PAUSE_SECONDS = 600


async def tidy(kit: Kit) -> None:
    """Deletes dead codes, spent budgets and sessions that have run out, for ever."""
    while True:
        try:
            async with kit.database.transaction() as tx:
                await sign_in.forget_old(tx, kit.clock.now())
        except UNAVAILABLE as error:
            log.warning("tidying_waits_for_database", error=type(error).__name__)
        await asyncio.sleep(_PAUSE_SECONDS)
