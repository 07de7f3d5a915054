"""Which open cases may be the same matter, by the figures of the rule table."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.complaints import storage
from services.complaints.similar import Complaint, Known, Likeness, suggestions
from shared.clock import local_day
from shared.persistence.database import Connection


async def alike(
    connection: Connection,
    complaint: Complaint,
    alliance_id: UUID,
    now: datetime,
    *,
    limit: int,
    not_of: UUID | None = None,
    without: UUID | None = None,
) -> list[Likeness]:
    """The likest first, without the case `without` itself."""
    at_least = await figure(connection, alliance_id, "similar_at_least", now)
    known = await _known(connection, complaint, alliance_id, now, not_of)
    others = (one for one in known if one.file.case_id != without)
    return suggestions(complaint, others, at_least=at_least, limit=limit)


async def _known(
    connection: Connection, complaint: Complaint, alliance_id: UUID, now: datetime, not_of: UUID | None
) -> list[Known]:
    since = now - timedelta(days=await figure(connection, alliance_id, "similar_within", now))
    return await storage.alike_cases(connection, complaint, alliance_id, since=since, not_of=not_of)


async def figure(connection: Connection, alliance_id: UUID, rule_id: str, now: datetime) -> int:
    """A figure of the alliance's rules on that day."""
    charter = await storage.CHARTERS.current(connection, alliance_id)
    return charter.rules.in_force(rule_id, local_day(now)).value
