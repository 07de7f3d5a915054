"""Return visits whose day was not known for sure."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.commands import RecountVisits
from services.complaints.use_cases.changing import handle
from shared.access.actor import SYSTEM
from shared.persistence.database import Connection


async def recount_visits(tx: Connection, alliance_id: UUID, now: datetime) -> None:
    """The alliance has entered a year: every visit that was counted over it has its day from here."""
    for case_id in await storage.cases_with_provisional_visits(tx, alliance_id):
        await handle(tx, RecountVisits(case_id), SYSTEM, now)
