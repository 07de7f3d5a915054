"""What an alliance is called and how it is reached: everybody reads it, so whoever set it is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.alliance.storage import register as rows
from shared.access.actor import Actor
from shared.charter import policy
from shared.errors import NotFound
from shared.persistence.database import Connection


async def rename(
    tx: Connection, alliance_id: UUID, actor: Actor, now: datetime, *, name: str, contact: str | None
) -> None:
    """From now on. Raises NotFound for another alliance, NotAllowed."""
    if actor.alliance_id != alliance_id:
        raise NotFound
    _, by = policy.require_setting(actor, "name")
    await rows.rename_alliance(tx, alliance_id, name=name, contact=contact, by=by, now=now)
