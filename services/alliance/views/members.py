"""Members, and who lives or trades where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import BaseModel

from services.alliance.events import OccupancyKind
from services.alliance.views.paging import MEMBERS, Page
from services.alliance.views.shapes import (
    Me,
    MemberName,
    MemberNumber,
    MemberPage,
    MemberSummary,
    MemberView,
    NamePage,
)
from shared.errors import NotFound
from shared.persistence.database import Connection

_SUMMARY = """
    members.id, members.display_name, members.state ->> 'language' AS language,
    members.state -> 'grants' AS grants,
    (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', one.id, 'place_id', one.place_id, 'place_name', places.name,
            'building_id', one.building_id, 'kind', one.kind, 'trade', one.trade,
            'from_day', one.from_day, 'until_day', one.until_day
        ) ORDER BY one.from_day, one.id), '[]')
        FROM occupancies AS one JOIN places ON places.id = one.place_id
        WHERE one.member_id = members.id AND (one.until_day IS NULL OR one.until_day >= $1)
    ) AS occupancies
"""
"""What a summary is made of; $1 is today: who has moved out is not shown as living there."""


async def me(connection: Connection, member_id: UUID | None, today: date) -> Me | None:
    """Whoever is signed in, or None when they are a member no more."""
    row = await connection.fetchrow(
        f"SELECT members.alliance_id, {_SUMMARY} FROM members WHERE id = $2 AND display_name <> ''",  # noqa: S608
        today,
        member_id,
    )
    return None if row is None else Me(**_summary(row))


async def member(
    connection: Connection, alliance_id: UUID | None, member_id: UUID, today: date
) -> MemberView:
    """One member, whole. Raises NotFound."""
    row = await connection.fetchrow(
        f"""
        SELECT members.alliance_id, members.email, members.phone, members.state -> 'kin' AS kin, {_SUMMARY}
        FROM members WHERE id = $2 AND alliance_id = $3 AND display_name <> ''
        """,  # noqa: S608
        today,
        member_id,
        alliance_id,
    )
    if row is None:
        raise NotFound
    return MemberView(**_summary(row) | {"kin": json.loads(row["kin"])})


async def numbered(connection: Connection, alliance_id: UUID, number: str) -> MemberNumber:
    """The one member whose id ends in these characters, which they give to whom they like. Raises NotFound."""
    rows = await connection.fetch(
        """
        SELECT id FROM members
        WHERE alliance_id = $1 AND right(id::text, 12) = $2 AND display_name <> ''
        """,
        alliance_id,
        number,
    )
    if len(rows) != 1:
        raise NotFound
    return MemberNumber(id=rows[0]["id"])


@dataclass(frozen=True)
class MemberFilter:
    role: str | None = None
    place_id: UUID | None = None
    q: str | None = None
    building_id: UUID | None = None
    former: bool | None = None
    """Whether they hold no role any more; None for both."""


async def members(
    connection: Connection, alliance_id: UUID | None, wanted: MemberFilter, today: date, page: Page
) -> MemberPage:
    """A page of the alliance's members, in the order in which they were registered."""
    rows = await connection.fetch(
        f"""
        SELECT {_SUMMARY}
        FROM members
        WHERE members.alliance_id = $2 AND display_name <> ''
          AND ($3::text IS NULL
               OR state -> 'grants' @> jsonb_build_array(jsonb_build_object('role', $3::text)))
          AND ($4::text IS NULL
               OR state -> 'occupancies' @> jsonb_build_array(jsonb_build_object('place_id', $4::text)))
          AND ($5::text IS NULL OR strpos(lower(display_name), lower($5)) > 0)
          AND ($8::uuid IS NULL
               OR EXISTS (SELECT FROM occupancies AS home
                          WHERE home.member_id = members.id AND home.building_id = $8 AND home.kind = 'lives'
                            AND home.from_day <= $1 AND (home.until_day IS NULL OR home.until_day >= $1)))
          AND members.id > $6
          AND ($9::boolean IS NULL OR $9 = (state -> 'grants' = '[]'::jsonb))
        ORDER BY members.id
        LIMIT $7
        """,  # noqa: S608
        today,
        alliance_id,
        wanted.role,
        wanted.place_id and str(wanted.place_id),
        wanted.q,
        MEMBERS.read(page.cursor) or UUID(int=0),
        page.limit + 1,
        wanted.building_id,
        wanted.former,
    )
    items = [MemberSummary(**_summary(row)) for row in rows[: page.limit]]
    more = MEMBERS.after(items[-1].id) if len(rows) > page.limit else None
    return MemberPage(items=items, next_cursor=more)


def names_of(page: MemberPage) -> NamePage:
    """The same page for those who see names only."""
    names: Sequence[MemberName] = [MemberName(id=one.id, display_name=one.display_name) for one in page.items]
    return NamePage(items=list(names), next_cursor=page.next_cursor)


def _summary(row: asyncpg.Record) -> dict[str, Any]:
    fields = dict(row)
    return fields | {name: json.loads(fields[name]) for name in ("grants", "occupancies")}


class OccupantView(BaseModel):
    """Somebody who is or was at a place; their own occupancy's id is for staff and themselves."""

    member_id: UUID
    display_name: str
    kind: OccupancyKind
    from_day: date | None
    until_day: date | None
    occupancy_id: UUID | None
    trade: str | None


class Occupants(BaseModel):
    on: date
    items: list[OccupantView]


async def occupants(connection: Connection, place_id: UUID, on: date) -> Occupants:
    """Who was at a place on a day, those who came first in front."""
    rows = await connection.fetch(
        """
        SELECT member_id, display_name, one.kind, from_day, until_day, one.id AS occupancy_id, one.trade
        FROM occupancies AS one
        JOIN members ON members.id = member_id
        WHERE members.state -> 'occupancies' @> jsonb_build_array(jsonb_build_object('place_id', ($1::uuid)::text))
          AND place_id = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day >= $2)
        ORDER BY from_day, display_name, member_id
        """,
        place_id,
        on,
    )
    return Occupants(on=on, items=[OccupantView(**dict(row)) for row in rows])


def neighbours_of(occupants: Occupants, reader_id: UUID | None) -> Occupants:
    """The same for those who know each other by name: since when somebody is there, they say themselves."""
    return Occupants(
        on=occupants.on,
        items=[one if one.member_id == reader_id else _by_name(one) for one in occupants.items],
    )


def _by_name(one: OccupantView) -> OccupantView:
    return one.model_copy(update={"from_day": None, "until_day": None, "occupancy_id": None})
