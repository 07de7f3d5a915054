"""What the case tells of its parties reaches every mediation of it that is not over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.commands import NoteDeparture, NoteSuccessor
from services.mediation.state import Side
from services.mediation.storage import mediations
from services.mediation.use_cases.changing import handle
from shared.access.actor import SYSTEM
from shared.clock import local_day
from shared.persistence.database import Connection


async def note_departure(
    tx: Connection, case_id: UUID, member_id: UUID, now: datetime, *, died: bool
) -> None:
    """One of its parties has left."""
    for mediation_id in await mediations.unfinished_of(tx, case_id):
        await handle(tx, NoteDeparture(mediation_id, member_id, local_day(now), died), SYSTEM, now)


async def note_successor(tx: Connection, case_id: UUID, member_id: UUID, side: Side, now: datetime) -> None:
    """Somebody came after a party that left."""
    for mediation_id in await mediations.unfinished_of(tx, case_id):
        await handle(tx, NoteSuccessor(mediation_id, member_id, side), SYSTEM, now)
