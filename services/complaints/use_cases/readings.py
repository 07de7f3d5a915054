"""Noise readings, and the class of the place they are judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints import policy, storage
from services.complaints.commands import RecordReading
from services.complaints.use_cases.changing import Done, alliance_of, apply, begin
from shared.access.actor import Actor
from shared.contracts.measurements import ZoneClass
from shared.errors import NotFound
from shared.persistence.database import Connection


async def record_reading(tx: Connection, command: RecordReading, actor: Actor, now: datetime) -> Done:
    """Judges a reading by the class in the register; what its bringer says counts only where that is silent."""
    begun = await begin(tx, command, actor, now)
    place = begun.case.file.place
    block_id = place.block_id if place else None
    known = await storage.zone_of(tx, begun.before.alliance_id, block_id) if block_id else None
    if known is not None:
        reading = replace(command.reading, zone_class=known[0])
        command = replace(command, reading=reading, zone_registered=True)
    return await apply(tx, command, begun)


async def set_zone(
    tx: Connection, block_id: UUID, zone_class: ZoneClass, source: str, *, actor: Actor, now: datetime
) -> None:
    """Enters the class of a block with the map it was read from. Raises NotAllowed, NotFound."""
    policy.require_register(actor)
    assert actor.member_id is not None  # noqa: S101
    kept = await storage.keep_zone(
        tx, alliance_of(actor), block_id, zone_class=zone_class, source=source, by=actor.member_id, now=now
    )
    if not kept:
        raise NotFound
