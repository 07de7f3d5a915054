"""The coordinators' desk: every case they look after by its next last day, and what they keep for looking at it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import asyncpg

from services.complaints.decisions.state import Case
from services.complaints.storage.cases import STATES
from shared.persistence.database import Connection

Urgency = Literal["near", "past"]
Order = Literal["next_day", "newest"]


@dataclass(frozen=True)
class Wanted:
    """Which cases of the desk; None does not choose. Closed ones are shown where that stage is asked for alone."""

    stage: str | None = None
    category: str | None = None
    subcategory: str | None = None
    place_id: UUID | None = None
    """A place, its building or its block."""
    clock: Urgency | None = None
    tier: str | None = None
    identity: str | None = None
    respondent_unknown: bool = False
    unassigned: bool = False
    """In mediation, and nobody mediates it."""
    needs_me: bool = False
    order: Order = "next_day"


@dataclass(frozen=True)
class Queued:
    """A case on the desk, and by what it is ordered."""

    case: Case
    mediator_id: UUID | None
    waits: bool
    next_last_day: date
    listed_at: datetime


@dataclass(frozen=True)
class Counts:
    """How many open cases there are of what is looked for most."""

    open: int
    needs_me: int
    past: int
    near: int
    emergencies: int
    unassigned: int
    respondent_unknown: int


async def queued(
    connection: Connection,
    alliance_id: UUID,
    member_id: UUID | None,
    wanted: Wanted,
    *,
    today: date,
    near_until: date,
    after: tuple[Any, UUID] | None,
    limit: int,
) -> list[Queued]:
    """The cases a coordinator looks after. Those they are concerned in themselves are not theirs to handle."""
    column, order, beyond = _ORDERS[wanted.order]
    after_key, after_id = after or (None, None)
    rows = await connection.fetch(
        f"""
        SELECT state_type, state, mediator_id, 'coordinator' = ANY (waits_for) AS waits,
               next_last_day, listed_at
        FROM cases
        WHERE {_WANTED}
          AND ($15::{column[1]} IS NULL OR ({column[0]}, id) {beyond} ($15, $16::uuid))
        ORDER BY {order}
        LIMIT $17
        """,  # noqa: S608 - parts of this module, nobody's words
        *_wanted_arguments(alliance_id, member_id, wanted, today, near_until),
        after_key,
        after_id,
        limit,
    )
    return [_queued(row) for row in rows]


async def count_wanted(
    connection: Connection,
    alliance_id: UUID,
    member_id: UUID | None,
    wanted: Wanted,
    *,
    today: date,
    near_until: date,
) -> int:
    """How many cases there are of what is looked for."""
    found: int = await connection.fetchval(
        f"SELECT count(*) FROM cases WHERE {_WANTED}",  # noqa: S608 - parts of this module, nobody's words
        *_wanted_arguments(alliance_id, member_id, wanted, today, near_until),
    )
    return found


def _wanted_arguments(
    alliance_id: UUID, member_id: UUID | None, wanted: Wanted, today: date, near_until: date
) -> tuple[Any, ...]:
    """What `_WANTED` asks for, from $1 on."""
    return (
        alliance_id,
        member_id,
        wanted.stage,
        wanted.category,
        wanted.subcategory,
        wanted.place_id,
        wanted.tier,
        wanted.identity,
        wanted.respondent_unknown,
        wanted.unassigned,
        wanted.needs_me,
        wanted.clock,
        today,
        near_until,
    )


_LOOKED_AFTER = """
    alliance_id = $1 AND NOT EXISTS (SELECT FROM parties WHERE case_id = cases.id AND member_id = $2)
"""
_UNASSIGNED = "(stage = 'deliberate' AND mediator_id IS NULL)"
_WANTED = f"""
    {_LOOKED_AFTER}
    AND CASE WHEN $3::text IS NULL THEN stage <> 'closed' ELSE stage = $3 END
    AND ($4::text IS NULL OR category = $4)
    AND ($5::text IS NULL OR subcategory = $5)
    AND ($6::uuid IS NULL OR $6 IN (place_id, building_id, block_id))
    AND ($7::text IS NULL OR tier = $7)
    AND ($8::text IS NULL OR identity = $8)
    AND (NOT $9 OR against_nobody)
    AND (NOT $10 OR {_UNASSIGNED})
    AND (NOT $11 OR 'coordinator' = ANY (waits_for))
    AND ($12::text IS NULL
         OR ($12 = 'past' AND next_last_day < $13 AND next_last_day <> '-infinity')
         OR ($12 = 'near' AND next_last_day BETWEEN $13 AND $14))
"""
_ORDERS: Mapping[Order, tuple[tuple[str, str], str, str]] = {
    "next_day": (("next_last_day", "date"), "next_last_day, id", ">"),
    "newest": (("listed_at", "timestamptz"), "listed_at DESC, id DESC", "<"),
}
"""What each order sorts by, and on which side of the last row the next page lies; both have an index."""


def _queued(row: asyncpg.Record) -> Queued:
    case = STATES.load(row["state_type"], row["state"])
    return Queued(case, row["mediator_id"], row["waits"], row["next_last_day"], row["listed_at"])


async def count_queue(
    connection: Connection, alliance_id: UUID, member_id: UUID | None, *, today: date, near_until: date
) -> Counts:
    """The desk at a glance, whatever is filtered."""
    row = await connection.fetchrow(
        f"""
        SELECT count(*) AS open,
               count(*) FILTER (WHERE 'coordinator' = ANY (waits_for)) AS needs_me,
               count(*) FILTER (WHERE next_last_day < $3 AND next_last_day <> '-infinity') AS past,
               count(*) FILTER (WHERE next_last_day BETWEEN $3 AND $4) AS near,
               count(*) FILTER (WHERE next_last_day = '-infinity') AS emergencies,
               count(*) FILTER (WHERE {_UNASSIGNED}) AS unassigned,
               count(*) FILTER (WHERE against_nobody) AS respondent_unknown
        FROM cases
        WHERE {_LOOKED_AFTER} AND stage <> 'closed'
        """,  # noqa: S608 - parts of this module, nobody's words
        alliance_id,
        member_id,
        today,
        near_until,
    )
    assert row is not None  # noqa: S101
    return Counts(**dict(row))


async def kept_filters(connection: Connection, member_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    """A coordinator's own filters by name."""
    rows = await connection.fetch(
        "SELECT name, filter FROM kept_filters WHERE member_id = $1 ORDER BY name", member_id
    )
    return [(row["name"], json.loads(row["filter"])) for row in rows]


async def keep_filter(
    tx: Connection, member_id: UUID, name: str, chosen: Mapping[str, Any], *, now: datetime, most: int
) -> bool:
    """Keeps it under its name, in place of an earlier one of that name; False where there are `most` already."""
    kept = await tx.fetchval(
        """
        INSERT INTO kept_filters (member_id, name, filter, kept_at)
        SELECT $1, $2, $3, $4
        WHERE (SELECT count(*) FROM kept_filters WHERE member_id = $1 AND name <> $2) < $5
        ON CONFLICT (member_id, name) DO UPDATE SET filter = excluded.filter, kept_at = excluded.kept_at
        RETURNING true
        """,
        member_id,
        name,
        json.dumps(chosen),
        now,
        most,
    )
    return bool(kept)


async def forget_filter(tx: Connection, member_id: UUID, name: str) -> None:
    """Lets go of one; of one that is not there, too."""
    await tx.execute("DELETE FROM kept_filters WHERE member_id = $1 AND name = $2", member_id, name)


async def tell_apart(
    tx: Connection, case_id: UUID, other_id: UUID, *, by: UUID | None, now: datetime
) -> None:
    """Notes that these are two matters; said again, the first word stands."""
    first, second = sorted((case_id, other_id))
    await tx.execute(
        """
        INSERT INTO told_apart (case_id, other_id, told_by, told_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING
        """,
        first,
        second,
        by,
        now,
    )


async def told_apart(connection: Connection, case_id: UUID) -> frozenset[UUID]:
    """What is known not to be the same as this case."""
    rows = await connection.fetch(
        """
        SELECT other_id AS id FROM told_apart WHERE case_id = $1
        UNION ALL
        SELECT case_id FROM told_apart WHERE other_id = $1
        """,
        case_id,
    )
    return frozenset(row["id"] for row in rows)
