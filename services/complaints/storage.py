"""All SQL of the service. Writes of a case go through `save_case` alone, called by use_cases alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.complaints import policy
from services.complaints.commands import Filing, Place
from services.complaints.decisions.state import Case, Standing, State, Surveyed, stage_of
from services.complaints.events import Event
from services.complaints.people import People
from services.complaints.terms import Role
from shared.access.actor import Actor
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

STATES: Codec[Any] = Codec(Case)
EVENTS: Codec[Any] = Codec(Event)


class ReferenceTaken(Exception):
    """Another case has this reference: chance, one in 32⁸. The door tries again with a new one."""


@dataclass(frozen=True)
class Stored:
    """A case as its rows tell it."""

    aggregate: Aggregate[State]
    case: Case
    people: People


@dataclass(frozen=True)
class Step:
    """One row of a case's journal."""

    event_id: UUID
    version: int
    at: datetime
    actor_role: Role
    event: Event


async def lock_case(tx: Connection, case_id: UUID) -> Stored:
    """The case, held against other writers until the transaction ends. Raises NotFound.

    Its people are read by a statement of their own: one that waited for the lock would see them as they
    were before it waited.
    """
    row = await tx.fetchrow(f"{_CASE} WHERE id = $1 FOR UPDATE", case_id)
    return await _stored(tx, row)


async def lock_unfiled(tx: Connection, case_id: UUID) -> None:
    """Holds an id that has no row to lock against others who would file under it."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(case_id.bytes[:8], signed=True))


async def read_case(connection: Connection, case_id: UUID) -> Stored:
    """The case as it stands. Raises NotFound."""
    row = await connection.fetchrow(f"{_CASE} WHERE id = $1", case_id)
    return await _stored(connection, row)


_CASE = "SELECT id, alliance_id, version, head, state_type, state FROM cases"


async def _stored(connection: Connection, row: asyncpg.Record | None) -> Stored:
    if row is None:
        raise NotFound
    case: Case = STATES.load(row["state_type"], row["state"])
    aggregate = Aggregate[State](row["id"], row["alliance_id"], case, row["version"], row["head"])
    return Stored(aggregate, case, await _people(connection, row["id"], row["alliance_id"]))


async def _people(connection: Connection, case_id: UUID, alliance_id: UUID) -> People:
    row = await connection.fetchrow(
        """
        SELECT
            (SELECT jsonb_object_agg(party_id, member_id) FROM parties WHERE case_id = $1) AS members,
            ARRAY(SELECT member_id FROM members WHERE alliance_id = $2 AND coordinates) AS coordinators
        """,
        case_id,
        alliance_id,
    )
    assert row is not None  # noqa: S101
    members = json.loads(row["members"] or "{}")
    return People(
        {UUID(party): UUID(member) for party, member in members.items()}, tuple(row["coordinators"])
    )


async def save_case(tx: Connection, done: Change[State], people: People, now: datetime) -> None:
    """State, people, journal, outbox and timers in one statement. Raises ReferenceTaken."""
    case: Any = done.after.state
    try:
        await saving.save(tx, done, _SAVE, *_case_columns(done, case, now), *_people_columns(case, people))
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name == "cases_reference_unique":
            raise ReferenceTaken from None
        raise


_SAVE = """
INSERT INTO cases (id, alliance_id, version, head, state_type, state, reference, category, stage,
                   place_id, building_id, mediator_id, waits_for, told, listed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (id) DO UPDATE SET
    version = excluded.version,
    head = excluded.head,
    state_type = excluded.state_type,
    state = excluded.state,
    stage = excluded.stage,
    mediator_id = excluded.mediator_id,
    waits_for = excluded.waits_for,
    told = excluded.told,
    listed_at = CASE WHEN excluded.told AND NOT cases.told THEN excluded.listed_at ELSE cases.listed_at END;

DELETE FROM parties WHERE case_id = $1 AND party_id <> ALL ($16::uuid[]);

INSERT INTO parties (party_id, case_id, side, member_id)
SELECT party_id, $1, side, member_id
FROM unnest($16::uuid[], $17::text[], $18::uuid[]) AS party (party_id, side, member_id)
ON CONFLICT (party_id) DO NOTHING;

INSERT INTO surveys (survey_id, case_id, party_id)
SELECT survey_id, $1, party_id
FROM unnest($19::uuid[], $20::uuid[]) AS survey (survey_id, party_id)
ON CONFLICT (survey_id) DO NOTHING
"""


def _case_columns(done: Change[State], case: Case, now: datetime) -> Sequence[Any]:
    state_type, state = STATES.dump(case)
    file = case.file
    return (
        done.after.id,
        done.after.alliance_id,
        done.after.version,
        done.after.head,
        state_type,
        state.decode(),
        file.reference,
        file.category,
        stage_of(case),
        file.place.place_id if file.place else None,
        file.place.building_id if file.place else None,
        file.mediation.mediator_id if file.mediation else None,
        sorted(policy.waits_for(case)),
        file.accepted_on is not None,
        now,
    )


def _people_columns(case: Case, people: People) -> Sequence[Any]:
    parties = [
        (party, case.file.side_of(party), member)
        for party, member in people.members.items()
        if case.file.side_of(party)
    ]
    surveys = case.surveys if isinstance(case, Surveyed) else ()
    return (
        [party for party, _, _ in parties],
        [side for _, side, _ in parties],
        [member for _, _, member in parties],
        [survey.survey_id for survey in surveys],
        [survey.party_id for survey in surveys],
    )


@dataclass(frozen=True)
class Known:
    """What the projections know of what a filing names."""

    place: Place | None
    traders: tuple[UUID, ...]
    respondent: bool
    beneficiary: bool


async def known_for_filing(tx: Connection, filing: Filing, alliance_id: UUID, today: date) -> Known:
    """All a filing needs to know, in one question."""
    row = await tx.fetchrow(
        """
        SELECT
            place.place_id, place.block_id, place.building_id,
            ARRAY(SELECT DISTINCT member_id FROM occupancies
                  WHERE place_id = place.place_id AND kind = 'trades'
                    AND from_day <= $5 AND (until_day IS NULL OR until_day >= $5)) AS traders,
            EXISTS (SELECT FROM members WHERE member_id = $3 AND alliance_id = $1) AS respondent,
            EXISTS (SELECT FROM members WHERE member_id = $4 AND alliance_id = $1) AS beneficiary
        FROM (SELECT) AS always
        LEFT JOIN places AS place ON place.place_id = $2 AND place.alliance_id = $1
        """,
        alliance_id,
        filing.place_id,
        filing.respondent_id,
        filing.on_behalf_of,
        today,
    )
    assert row is not None  # noqa: S101
    place = Place(row["place_id"], row["block_id"], row["building_id"]) if row["place_id"] else None
    return Known(place, tuple(row["traders"]), row["respondent"], row["beneficiary"])


async def is_member(connection: Connection, member_id: UUID, alliance_id: UUID) -> bool:
    """Whether the alliance told us of this member."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM members WHERE member_id = $1 AND alliance_id = $2)",
        member_id,
        alliance_id,
    )
    return found


async def survey_party(connection: Connection, survey_id: UUID) -> tuple[UUID, UUID]:
    """The case and the party a survey is for. Raises NotFound."""
    row = await connection.fetchrow("SELECT case_id, party_id FROM surveys WHERE survey_id = $1", survey_id)
    if row is None:
        raise NotFound
    return row["case_id"], row["party_id"]


async def steps_of(connection: Connection, case_id: UUID) -> list[Step]:
    """The whole journal of a case, in order."""
    rows = await connection.fetch(
        """
        SELECT event_id, version, occurred_at, actor_role, type, payload FROM journal
        WHERE aggregate_id = $1
        ORDER BY version
        """,
        case_id,
    )
    return [
        Step(
            row["event_id"],
            row["version"],
            row["occurred_at"],
            row["actor_role"],
            EVENTS.load(row["type"], row["payload"]),
        )
        for row in rows
    ]


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
        _SEEN,
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


_SEEN = """
WITH within_reach AS (
    SELECT case_id AS id FROM parties WHERE member_id = $2
    UNION
    SELECT id FROM cases WHERE mediator_id = $2
    UNION
    SELECT id FROM cases WHERE building_id = ANY ($4::uuid[])
),
seen AS (
    SELECT
        cases.*,
        own.party_id,
        CASE
            WHEN own.side = 'complainant' THEN 'complainant'
            WHEN own.side = 'respondent' THEN CASE WHEN told THEN 'respondent' END
            WHEN $3 THEN 'coordinator'
            WHEN mediator_id = $2 THEN 'mediator'
            ELSE 'building_captain'
        END AS role_in_case
    FROM cases
    LEFT JOIN parties AS own ON own.case_id = cases.id AND own.member_id = $2
    WHERE alliance_id = $1 AND ($3 OR cases.id IN (SELECT id FROM within_reach))
)
SELECT state_type, state, role_in_case, party_id, listed_at
FROM seen
WHERE role_in_case IS NOT NULL
  AND ($5::text IS NULL OR stage = $5)
  AND ($6::text IS NULL OR category = $6)
  AND ($7::uuid IS NULL OR place_id = $7)
  AND (NOT $8 OR role_in_case IN ('complainant', 'respondent', 'mediator'))
  AND (NOT $9 OR role_in_case = ANY (waits_for))
  AND ($10::timestamptz IS NULL OR (listed_at, id) < ($10, $11::uuid))
ORDER BY listed_at DESC, id DESC
LIMIT $12
"""


async def keep_place(tx: Connection, place: Place, alliance_id: UUID) -> None:
    """A place as the alliance last told it."""
    await tx.execute(
        """
        INSERT INTO places (place_id, alliance_id, block_id, building_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (place_id) DO UPDATE SET block_id = excluded.block_id, building_id = excluded.building_id
        """,
        place.place_id,
        alliance_id,
        place.block_id,
        place.building_id,
    )


async def keep_member(tx: Connection, member_id: UUID, alliance_id: UUID, *, coordinates: bool) -> None:
    """A member as the alliance last told it."""
    await tx.execute(
        """
        INSERT INTO members (member_id, alliance_id, coordinates) VALUES ($1, $2, $3)
        ON CONFLICT (member_id) DO UPDATE SET coordinates = excluded.coordinates
        """,
        member_id,
        alliance_id,
        coordinates,
    )


async def keep_occupancy(
    tx: Connection, occupancy_id: UUID, member_id: UUID, place_id: UUID, *, kind: str, from_day: date
) -> None:
    """Somebody's time at a place. Told again, it changes nothing, and an end already told stays."""
    await tx.execute(
        """
        INSERT INTO occupancies (occupancy_id, member_id, place_id, kind, from_day) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (occupancy_id) DO NOTHING
        """,
        occupancy_id,
        member_id,
        place_id,
        kind,
        from_day,
    )


async def end_occupancy(tx: Connection, occupancy_id: UUID, until_day: date) -> None:
    """Its last day is known."""
    await tx.execute("UPDATE occupancies SET until_day = $2 WHERE occupancy_id = $1", occupancy_id, until_day)
