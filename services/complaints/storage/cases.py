"""A case, its people and its journal: held, read and saved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.complaints import policy
from services.complaints.clocks import Timetable
from services.complaints.decisions.state import Case, State, Surveyed, stage_of
from services.complaints.events import CaseFiled, Event
from services.complaints.people import Office, People, fellow_party
from services.complaints.storage.charters import timetable
from services.complaints.storage.reach import WITHIN_REACH, reach_of
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
    timetable: Timetable


@dataclass(frozen=True)
class Step:
    """One row of a case's journal."""

    event_id: UUID
    version: int
    at: datetime
    actor_role: Role
    event: Event
    actor_id: UUID | None = None


async def lock_case(tx: Connection, case_id: UUID, *, by: Actor) -> Stored:
    """The case within the reach of `by`, held against other writers until the transaction ends. Raises NotFound.

    Its people are read by a statement of their own: one that waited for the lock would see them as they
    were before it waited.
    """
    row = await tx.fetchrow(f"{_CASE_FOR} FOR UPDATE", case_id, *reach_of(by))
    return await _stored(tx, row)


async def hold_cases(tx: Connection, case_ids: Sequence[UUID]) -> None:
    """Holds several at once, always in the same order, so that no two callers wait for each other."""
    await tx.execute("SELECT FROM cases WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", case_ids)


def words_of(row: asyncpg.Record) -> str:
    """What was written at the filing; nothing where it was erased."""
    filed = EVENTS.load(row["type"], row["payload"]) if row["payload"] is not None else None
    return filed.description if isinstance(filed, CaseFiled) else ""


async def lock_unfiled(tx: Connection, case_id: UUID) -> None:
    """Holds an id that has no row to lock against others who would file under it."""
    await tx.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(case_id.bytes[:8], signed=True))


async def read_case(connection: Connection, case_id: UUID, *, by: Actor) -> Stored:
    """The case within the reach of `by`, as it stands. Raises NotFound."""
    row = await connection.fetchrow(_CASE_FOR, case_id, *reach_of(by))
    return await _stored(connection, row)


_CASE = "SELECT id, alliance_id, version, head, state_type, state FROM cases"


_CASE_FOR = f"{_CASE} WHERE id = $1 AND {WITHIN_REACH}"


async def _stored(connection: Connection, row: asyncpg.Record | None) -> Stored:
    if row is None:
        raise NotFound
    case: Case = STATES.load(row["state_type"], row["state"])
    aggregate = Aggregate[State](row["id"], row["alliance_id"], case, row["version"], row["head"])
    people, revision = await _around(connection, row["id"], row["alliance_id"])
    return Stored(aggregate, case, people, await timetable(connection, row["alliance_id"], revision))


async def _around(connection: Connection, case_id: UUID, alliance_id: UUID) -> tuple[People, UUID | None]:
    """The people of a case, and the revision of what its alliance set."""
    row = await connection.fetchrow(
        """
        SELECT
            (SELECT jsonb_object_agg(party_id, member_id) FROM parties WHERE case_id = $1) AS members,
            ARRAY(SELECT member_id FROM members WHERE alliance_id = $2 AND coordinates) AS coordinators,
            (SELECT jsonb_agg(jsonb_build_array(role, member_id, place_id)) FROM offices
             WHERE alliance_id = $2) AS offices,
            (SELECT jsonb_object_agg(party_id, jsonb_build_array(member_id, state #> '{file,identity}'))
             FROM cases JOIN parties ON parties.case_id = cases.id
                 AND side = 'complainant' AND standing <> 'represented'
             WHERE lead_case_id = $1) AS joined,
            (SELECT revision FROM charters WHERE alliance_id = $2) AS revision
        """,
        case_id,
        alliance_id,
    )
    assert row is not None  # noqa: S101
    own = {UUID(party): UUID(member) for party, member in json.loads(row["members"] or "{}").items()}
    fellows = {
        fellow_party(case_id, UUID(party)): (UUID(member), identity)
        for party, (member, identity) in json.loads(row["joined"] or "{}").items()
        if UUID(member) not in own.values()
    }
    people = People(
        {**own, **{party: member for party, (member, _) in fellows.items()}},
        tuple(row["coordinators"]),
        tuple(_office(*office) for office in json.loads(row["offices"] or "[]")),
        {party: identity for party, (_, identity) in fellows.items()},
    )
    return people, row["revision"]


def _office(role: str, member_id: str, place_id: str | None) -> Office:
    return Office(role, UUID(member_id), UUID(place_id) if place_id else None)


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
    category = excluded.category,
    stage = excluded.stage,
    mediator_id = excluded.mediator_id,
    waits_for = excluded.waits_for,
    told = excluded.told,
    listed_at = CASE WHEN excluded.told AND NOT cases.told THEN excluded.listed_at ELSE cases.listed_at END;

DELETE FROM parties WHERE case_id = $1 AND party_id <> ALL ($16::uuid[]);

INSERT INTO parties (party_id, case_id, of_alliance, side, member_id, standing)
SELECT party_id, $1, $2, side, member_id, standing
FROM unnest($16::uuid[], $17::text[], $18::uuid[], $21::text[]) AS party (party_id, side, member_id, standing)
ON CONFLICT (party_id) DO UPDATE SET standing = excluded.standing, of_alliance = excluded.of_alliance;

INSERT INTO surveys (survey_id, case_id, of_alliance, party_id)
SELECT survey_id, $1, $2, party_id
FROM unnest($19::uuid[], $20::uuid[]) AS survey (survey_id, party_id)
ON CONFLICT (survey_id) DO NOTHING;

INSERT INTO referrals (referral_id, case_id, of_alliance, authority, officer_id, sent_on, returned_on)
SELECT referral_id, $1, $2, authority, officer_id, sent_on, returned_on
FROM jsonb_to_recordset($6::jsonb #> '{file,referrals}')
     AS referral (referral_id uuid, authority text, officer_id uuid, sent_on date, returned_on date)
ON CONFLICT (referral_id) DO UPDATE SET returned_on = excluded.returned_on;

DELETE FROM return_visits
WHERE case_id = $1 AND visit_id NOT IN (
    SELECT visit_id FROM jsonb_to_recordset($6::jsonb #> '{file,visits}') AS visit (visit_id uuid)
);

INSERT INTO return_visits (visit_id, case_id, of_alliance, due, visited_on, provisional)
SELECT visit_id, $1, $2, due, visited_on, provisional
FROM jsonb_to_recordset($6::jsonb #> '{file,visits}')
     AS visit (visit_id uuid, due date, visited_on date, provisional boolean)
ON CONFLICT (visit_id) DO UPDATE SET
    due = excluded.due,
    visited_on = excluded.visited_on,
    provisional = excluded.provisional
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
        (party, side, member)
        for party, member in people.members.items()
        if (side := "complainant" if party == case.file.represented else case.file.side_ever(party))
    ]
    surveys = case.surveys if isinstance(case, Surveyed) else ()
    return (
        [party for party, _, _ in parties],
        [side for _, side, _ in parties],
        [member for _, _, member in parties],
        [survey.survey_id for survey in surveys],
        [survey.party_id for survey in surveys],
        [_standing(case, party) for party, _, _ in parties],
    )


def _standing(case: Case, party_id: UUID) -> str:
    if case.file.former_party(party_id):
        return "former"
    if party_id == case.file.represented:
        return "represented"
    return "invited" if case.file.invitation(party_id) else "party"


async def cases_of_member(connection: Connection, member_id: UUID) -> list[Stored]:
    """Every case this person has a part in, by their own filing or by the one it is handled with."""
    rows = await connection.fetch(
        f"""
        {_CASE}
        WHERE id IN (SELECT case_id FROM parties WHERE member_id = $1
                     UNION
                     SELECT lead_case_id FROM cases JOIN parties ON parties.case_id = cases.id
                     WHERE member_id = $1)
        ORDER BY listed_at, id
        """,  # noqa: S608
        member_id,
    )
    return [await _stored(connection, row) for row in rows]


async def linked_cases(connection: Connection, case_id: UUID, linked_to: UUID | None) -> list[Stored]:
    """What was filed beside a case, and what it was filed beside."""
    rows = await connection.fetch(
        f"{_CASE} WHERE id = $2 OR linked_to = $1 ORDER BY listed_at, id",
        case_id,
        linked_to,
    )
    return [await _stored(connection, row) for row in rows]


async def cases_of_conflict(connection: Connection, conflict: UUID) -> list[Stored]:
    """All that was filed beside or after one another, the first filing first."""
    rows = await connection.fetch(
        f"{_CASE} WHERE id = $1 OR conflict_id = $1 ORDER BY (state #>> '{{file,filed_at}}')::timestamptz, id",
        conflict,
    )
    return [await _stored(connection, row) for row in rows]


async def survey_party(connection: Connection, survey_id: UUID) -> tuple[UUID, UUID]:
    """The case and the party a survey is for. Raises NotFound."""
    row = await connection.fetchrow("SELECT case_id, party_id FROM surveys WHERE survey_id = $1", survey_id)
    if row is None:
        raise NotFound
    return row["case_id"], row["party_id"]


async def objects_of(connection: Connection, case_ids: list[UUID]) -> frozenset[str]:
    """The keys of all bytes that these cases know of, or whoever took their evidence over."""
    rows = await connection.fetch(
        """
        WITH RECURSIVE holding AS (
            SELECT id, state FROM cases WHERE id = ANY ($1::uuid[])
            UNION
            SELECT later.id, later.state
            FROM cases AS later JOIN holding ON later.carried_from = holding.id
        )
        SELECT jsonb_path_query(state, '$.file.exhibits[*].*.object_key') #>> '{}' AS object_key FROM holding
        """,
        case_ids,
    )
    return frozenset(row["object_key"] for row in rows)


async def steps_of(connection: Connection, case_id: UUID) -> list[Step]:
    """The whole journal of a case, in order."""
    rows = await connection.fetch(
        """
        SELECT event_id, version, occurred_at, actor_role, type, coalesce(payload, remains) AS payload,
               actor_id
        FROM journal
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
            row["actor_id"],
        )
        for row in rows
    ]
