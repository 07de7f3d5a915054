"""The lists of cases, each filtered by who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.complaints.decisions.state import Case, Standing
from services.complaints.storage.cases import STATES
from shared.access.actor import Actor
from shared.persistence.database import Connection


@dataclass(frozen=True)
class Filter:
    """Which cases of those one may see; None does not choose."""

    stage: str | None = None
    category: str | None = None
    place_id: UUID | None = None
    mine: bool = False
    needs_me: bool = False


@dataclass(frozen=True)
class Listed:
    """A case in a list, and what its reader is to it."""

    case: Case
    by: Standing
    listed_at: datetime


async def cases_seen_by(
    connection: Connection, actor: Actor, chosen: Filter, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[Listed]:
    """The newest first. What somebody is to a case is settled here as in policy.standing."""
    buildings = [grant.place_id for grant in actor.grants if grant.role == "building_captain"]
    listed_at, case_id = after or (None, None)
    rows = await connection.fetch(
        _OF_ALLIANCE if actor.has("coordinator") and not chosen.mine else _WITHIN_REACH,
        actor.alliance_id,
        actor.member_id,
        actor.has("coordinator"),
        buildings,
        chosen.stage,
        chosen.category,
        chosen.place_id,
        chosen.mine,
        chosen.needs_me,
        listed_at,
        case_id,
        limit,
    )
    return [
        Listed(
            STATES.load(row["state_type"], row["state"]),
            Standing(row["role_in_case"], row["party_id"]),
            row["listed_at"],
        )
        for row in rows
    ]


def _seen(where: str) -> str:
    """Those of the cases `where` lets through that the reader is anything to."""
    return f"""
    WITH seen AS (
        SELECT
            cases.*,
            own.party_id,
            CASE
                WHEN own.standing IN ('former', 'invited') THEN own.standing
                WHEN own.side = 'complainant' THEN 'complainant'
                WHEN own.side = 'respondent' THEN CASE WHEN told THEN 'respondent' END
                WHEN $3 THEN 'coordinator'
                WHEN mediator_id = $2 THEN 'mediator'
                WHEN building_id = ANY ($4::uuid[]) THEN 'building_captain'
            END AS role_in_case
        FROM cases
        LEFT JOIN parties AS own ON own.case_id = cases.id AND own.member_id = $2
        WHERE {where}
    )
    SELECT state_type, state, role_in_case, party_id, listed_at
    FROM seen
    WHERE role_in_case IS NOT NULL
      AND ($5::text IS NULL OR stage = $5)
      AND ($6::text IS NULL OR category = $6)
      AND ($7::uuid IS NULL OR place_id = $7)
      AND (NOT $8 OR role_in_case IN ('complainant', 'respondent', 'former', 'invited', 'mediator'))
      AND (NOT $9 OR role_in_case = ANY (waits_for))
      AND ($10::timestamptz IS NULL OR (listed_at, id) < ($10, $11::uuid))
    ORDER BY listed_at DESC, id DESC
    LIMIT $12
    """  # noqa: S608 - parts of this module, nobody's words


_OF_ALLIANCE = _seen("cases.alliance_id = $1")
_WITHIN_REACH = _seen("""
    cases.alliance_id = $1 AND cases.id IN (
        SELECT case_id FROM parties WHERE member_id = $2
        UNION
        SELECT id FROM cases WHERE mediator_id = $2
        UNION
        SELECT id FROM cases WHERE building_id = ANY ($4::uuid[])
    )
""")
"""A statement of its own: joined by an OR, what is within reach would be looked for among all cases there are."""
