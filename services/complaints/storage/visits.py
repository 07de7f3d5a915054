"""Return visits that are still to be made, or whose question how it went is still to be asked, by who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.decisions.state import Case
from services.complaints.storage.cases import STATES
from shared.access.actor import Actor, Grant
from shared.persistence.database import Connection

LISTED_AT_MOST = 200


@dataclass(frozen=True)
class Task:
    """One visit and its case."""

    visit_id: UUID
    due: date
    provisional: bool
    case: Case
    made: bool
    """Nothing is left of it but the question how it went, where nobody else can ask it."""


async def cases_with_provisional_visits(tx: Connection, alliance_id: UUID) -> list[UUID]:
    """The cases whose next visits were counted over a year nobody had entered, always in the same order."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT case_id
        FROM return_visits
        JOIN cases ON cases.id = case_id
        WHERE alliance_id = $1 AND provisional AND visited_on IS NULL
        ORDER BY case_id
        """,
        alliance_id,
    )
    return [row["case_id"] for row in rows]


async def visits_for(connection: Connection, actor: Actor, today: date, *, is_due: bool | None) -> list[Task]:
    """The earliest first; of the reader's buildings, all for a coordinator, none in a matter of their own.

    The last one stays until its survey is over: somebody may have to ask aloud, or to enter what came on paper.
    """
    roles = ("building_captain", "volunteer")
    buildings = [grant.place_id for grant in actor.grants if grant.role in roles and grant.place_id]
    everywhere = actor.has("coordinator") or Grant("volunteer") in actor.grants
    rows = await connection.fetch(
        """
        SELECT visit_id, due, provisional, visited_on IS NOT NULL AS made, state_type, state
        FROM return_visits
        JOIN cases ON cases.id = case_id
        WHERE alliance_id = $1
          AND (visited_on IS NULL OR (
              state_type = 'Surveyed'
              AND due = (SELECT max(due) FROM return_visits AS others WHERE others.case_id = cases.id)
          ))
          AND ($3 OR building_id = ANY ($4::uuid[]))
          AND ($5::boolean IS NULL OR (due <= $6) = $5)
          AND NOT EXISTS (SELECT FROM parties WHERE parties.case_id = cases.id AND member_id = $2)
        ORDER BY due, visit_id
        LIMIT $7
        """,
        actor.alliance_id,
        actor.member_id,
        everywhere,
        buildings,
        is_due,
        today,
        LISTED_AT_MOST,
    )
    return [
        Task(
            row["visit_id"],
            row["due"],
            row["provisional"],
            STATES.load(row["state_type"], row["state"]),
            row["made"],
        )
        for row in rows
    ]
