"""What each alliance set for itself: its timetable, known by the revision that other questions tell."""

from __future__ import annotations

from uuid import UUID

from services.complaints.clocks import Timetable
from services.complaints.rules import rule_table
from shared.charter.storage import Charters
from shared.persistence.database import Connection

CHARTERS = Charters(rule_table())


async def timetable(connection: Connection, alliance_id: UUID, revision: UUID | None) -> Timetable:
    """How the alliance counts days, as of that revision or a newer one."""
    charter = await CHARTERS.of(connection, alliance_id, revision)
    return Timetable(charter.rules, charter.calendar)
