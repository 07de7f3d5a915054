"""Each alliance's charter in a service's own database, and the copy of it every process keeps.

Whatever changes a charter gives it a new revision in the same transaction. A command's own first statement
reads the revision, so a copy that is out of date is never used after the change was answered, and filing a
complaint costs no further question.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from shared.calendar.working_days import WorkingCalendar
from shared.charter.rules import OwnRule, RuleTable
from shared.persistence.database import Connection


@dataclass(frozen=True)
class Charter:
    """The rules and the calendar an alliance counts by."""

    rules: RuleTable
    calendar: WorkingCalendar


_OWN_RULES = TypeAdapter(tuple[OwnRule, ...])


T = TypeVar("T")


class Kept(Generic[T]):
    """One thing of each alliance, as this process read it last, with the revision it was read at."""

    def __init__(self, plain: T, load: Callable[[Connection, UUID], Awaitable[tuple[UUID, T]]]) -> None:
        self._plain = plain
        self._load = load
        self._read: dict[UUID, tuple[UUID, T]] = {}

    async def of(self, connection: Connection, alliance_id: UUID, revision: UUID | None) -> T:
        """As of that revision or a newer one; None is an alliance that has set nothing."""
        if revision is None:
            return self._plain
        kept = self._read.get(alliance_id)
        if kept is None or kept[0] != revision:
            kept = self._read[alliance_id] = await self._load(connection, alliance_id)
        return kept[1]

    async def current(self, connection: Connection, alliance_id: UUID) -> T:
        """The same, for who has no statement yet that could tell the revision."""
        revision = await connection.fetchval(
            "SELECT revision FROM charters WHERE alliance_id = $1", alliance_id
        )
        return await self.of(connection, alliance_id, revision)

    async def held(self, tx: Connection, alliance_id: UUID) -> T:
        """As it stands before a change of it, held against others who would change it.

        Read under the new revision, but without the change: so no copy of it is kept.
        """
        await renew(tx, alliance_id)
        return (await self._load(tx, alliance_id))[1]


class Charters(Kept[Charter]):
    """The charters of all alliances; of a service that counts no working days, their rules alone."""

    def __init__(self, shipped: RuleTable, *, counts_days: bool = True) -> None:
        load = _charter if counts_days else _rules_alone
        super().__init__(Charter(shipped, WorkingCalendar()), partial(load, shipped))


async def _charter(shipped: RuleTable, connection: Connection, alliance_id: UUID) -> tuple[UUID, Charter]:
    row = await connection.fetchrow(
        """
        SELECT
            revision,
            (SELECT coalesce(jsonb_agg(to_jsonb(rules) ORDER BY position), '[]')
             FROM rules WHERE alliance_id = $1) AS rules,
            (SELECT coalesce(jsonb_object_agg(day, works), '{}')
             FROM calendar_days WHERE alliance_id = $1) AS days,
            ARRAY(SELECT year FROM calendar_years WHERE alliance_id = $1) AS years
        FROM charters WHERE alliance_id = $1
        """,
        alliance_id,
    )
    assert row is not None  # noqa: S101
    rules = RuleTable(shipped.rows, _OWN_RULES.validate_json(row["rules"]))
    days = {date.fromisoformat(day): works for day, works in json.loads(row["days"]).items()}
    return row["revision"], Charter(rules, WorkingCalendar(days, frozenset(row["years"])))


async def _rules_alone(shipped: RuleTable, connection: Connection, alliance_id: UUID) -> tuple[UUID, Charter]:
    row = await connection.fetchrow(
        """
        SELECT
            revision,
            (SELECT coalesce(jsonb_agg(to_jsonb(rules) ORDER BY position), '[]')
             FROM rules WHERE alliance_id = $1) AS rules
        FROM charters WHERE alliance_id = $1
        """,
        alliance_id,
    )
    assert row is not None  # noqa: S101
    rules = RuleTable(shipped.rows, _OWN_RULES.validate_json(row["rules"]))
    return row["revision"], Charter(rules, WorkingCalendar())


async def renew(tx: Connection, alliance_id: UUID) -> None:
    """Gives the charter a new revision; who else would change it waits.

    Random, not counted up: a number taken by a transaction that was undone would come again for other contents.
    """
    await tx.execute(
        """
        INSERT INTO charters (alliance_id, revision) VALUES ($1, $2)
        ON CONFLICT (alliance_id) DO UPDATE SET revision = excluded.revision
        """,
        alliance_id,
        uuid4(),
    )


async def add_rule(tx: Connection, alliance_id: UUID, row: OwnRule) -> None:
    """One more row; none is ever changed."""
    await tx.execute(
        """
        INSERT INTO rules (alliance_id, rule_id, value, unit, source, article, effective_from, certainty,
                           set_by, set_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        alliance_id,
        row.rule_id,
        row.value,
        row.unit,
        row.source,
        row.article,
        row.effective_from,
        row.certainty,
        row.set_by,
        row.set_at,
    )


async def keep_day(tx: Connection, alliance_id: UUID, day: date, *, works: bool) -> None:
    """A day of the calendar as the alliance service last told it."""
    await renew(tx, alliance_id)
    await tx.execute(
        """
        INSERT INTO calendar_days (alliance_id, day, works) VALUES ($1, $2, $3)
        ON CONFLICT (alliance_id, day) DO UPDATE SET works = excluded.works
        """,
        alliance_id,
        day,
        works,
    )


async def keep_year(tx: Connection, alliance_id: UUID, year: int) -> None:
    """A year whose days were all told."""
    await renew(tx, alliance_id)
    await tx.execute(
        "INSERT INTO calendar_years (alliance_id, year) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        alliance_id,
        year,
    )
