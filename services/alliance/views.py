"""What people read of the register. Every query is bound to the reader's alliance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

import asyncpg
from pydantic import BaseModel, Field, StringConstraints

from services.alliance.events import OccupancyKind, PlaceKind
from shared.access.cursors import Cursor
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.texts import Language


class AllianceView(BaseModel):
    id: UUID
    name: str


class AlliancePage(BaseModel):
    items: list[AllianceView]
    next_cursor: str | None


class BlockView(BaseModel):
    id: UUID
    name: str


class AllianceWithBlocks(AllianceView):
    contact: str | None
    """How it is reached, for everybody to read."""
    blocks: list[BlockView]


class PlaceView(BaseModel):
    id: UUID
    kind: PlaceKind
    name: str
    block_id: UUID | None
    building_id: UUID | None
    parent_id: UUID | None
    trade: str | None


class NeighbourView(BaseModel):
    """How the other place lies to this one; `below` and `in_front` are what the other one declared."""

    place_id: UUID
    name: str
    kind: Literal["above", "below", "behind", "in_front", "opposite"]
    distance_m: float


class BusyHoursView(BaseModel):
    """From and until a local time."""

    from_: time = Field(serialization_alias="from")
    to: time


class OpenHoursView(BusyHoursView):
    """Every week on this day, Monday being 0."""

    weekday: int


class PlaceWithNeighbours(PlaceView):
    """`weekly` and `busy`: when a shop is open, and when nobody can be spared there."""

    adjacent: list[NeighbourView]
    weekly: list[OpenHoursView] = []
    busy: list[BusyHoursView] = []


class PlacePage(BaseModel):
    items: list[PlaceView]
    next_cursor: str | None


class GrantView(BaseModel):
    role: str
    place_id: UUID | None


class OccupancyView(BaseModel):
    id: UUID
    place_id: UUID
    place_name: str
    building_id: UUID | None
    kind: OccupancyKind
    trade: str | None
    from_day: date
    until_day: date | None


class MemberName(BaseModel):
    id: UUID
    display_name: str


class MemberSummary(MemberName):
    """An entry of the list that staff read."""

    language: Language
    grants: list[GrantView]
    occupancies: list[OccupancyView]


class Me(MemberSummary):
    """What the portal needs to know of whoever is signed in."""

    alliance_id: UUID


class MemberView(Me):
    """One member, whole: for staff and for the member."""

    email: str | None
    phone: str | None
    kin: list[UUID]


class NamePage(BaseModel):
    items: list[MemberName]
    next_cursor: str | None


class MemberPage(BaseModel):
    items: list[MemberSummary]
    next_cursor: str | None


@dataclass(frozen=True)
class Page:
    """Which rows are wanted: `limit` of them after `cursor`."""

    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class PlaceFilter:
    kind: PlaceKind | None = None
    block_id: UUID | None = None
    q: str | None = None
    building_id: UUID | None = None


SortKey = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
PLACES: Cursor[tuple[str, UUID]] = Cursor(tuple[SortKey, UUID])
MEMBERS: Cursor[UUID] = Cursor(UUID)
ALLIANCES: Cursor[tuple[SortKey, UUID]] = Cursor(tuple[SortKey, UUID])


async def alliances(connection: Connection, q: str | None, page: Page) -> AlliancePage:
    """A page of all alliances by name."""
    name, last_id = ALLIANCES.read(page.cursor) or ("", UUID(int=0))
    rows = await connection.fetch(
        """
        SELECT id, name FROM alliances
        WHERE ($1::text IS NULL OR strpos(lower(name), lower($1)) > 0) AND (name, id) > ($2, $3)
        ORDER BY name, id
        LIMIT $4
        """,
        q,
        name,
        last_id,
        page.limit + 1,
    )
    shown = rows[: page.limit]
    more = ALLIANCES.after((shown[-1]["name"], shown[-1]["id"])) if len(rows) > page.limit else None
    return AlliancePage(items=[AllianceView(**dict(row)) for row in shown], next_cursor=more)


async def alliance(connection: Connection, alliance_id: UUID) -> AllianceWithBlocks:
    """One alliance with its blocks. Raises NotFound."""
    row = await connection.fetchrow("SELECT id, name, contact FROM alliances WHERE id = $1", alliance_id)
    if row is None:
        raise NotFound
    blocks = await connection.fetch(
        "SELECT id, name FROM places WHERE alliance_id = $1 AND kind = 'block' ORDER BY sort_key, id",
        alliance_id,
    )
    return AllianceWithBlocks(**dict(row), blocks=[BlockView(**dict(block)) for block in blocks])


async def places(
    connection: Connection, alliance_id: UUID | None, wanted: PlaceFilter, page: Page
) -> PlacePage:
    """A page of the alliance's places in the order of their addresses."""
    sort_key, last_id = PLACES.read(page.cursor) or ("", UUID(int=0))
    rows = await connection.fetch(
        """
        SELECT id, kind, name, block_id, building_id, parent_id, trade, sort_key
        FROM places
        WHERE alliance_id = $1
          AND ($2::text IS NULL OR kind = $2)
          AND ($3::uuid IS NULL OR block_id = $3)
          AND ($4::text IS NULL OR strpos(lower(name), lower($4)) > 0)
          AND (sort_key, id) > ($5, $6)
          AND ($8::uuid IS NULL OR building_id = $8)
        ORDER BY sort_key, id
        LIMIT $7
        """,
        alliance_id,
        wanted.kind,
        wanted.block_id,
        wanted.q,
        sort_key,
        last_id,
        page.limit + 1,
        wanted.building_id,
    )
    shown = rows[: page.limit]
    more = PLACES.after((shown[-1]["sort_key"], shown[-1]["id"])) if len(rows) > page.limit else None
    return PlacePage(items=[PlaceView(**dict(row)) for row in shown], next_cursor=more)


async def place(connection: Connection, alliance_id: UUID | None, place_id: UUID) -> PlaceWithNeighbours:
    """One place and what lies beside it, whichever of the two declared it. Raises NotFound."""
    row = await connection.fetchrow(
        """
        SELECT id, kind, name, block_id, building_id, parent_id, trade,
               coalesce(state -> 'weekly', '[]') AS weekly, coalesce(state -> 'busy', '[]') AS busy
        FROM places WHERE id = $1 AND alliance_id = $2
        """,
        place_id,
        alliance_id,
    )
    if row is None:
        raise NotFound
    hours = {name: json.loads(row[name]) for name in ("weekly", "busy")}
    return PlaceWithNeighbours(**dict(row) | hours, adjacent=await _neighbours(connection, place_id))


async def _neighbours(connection: Connection, place_id: UUID) -> list[NeighbourView]:
    rows = await connection.fetch(
        """
        WITH beside AS (
            SELECT other_id AS place_id, kind, distance_m FROM adjacencies WHERE place_id = $1
            UNION
            SELECT place_id,
                   CASE kind WHEN 'above' THEN 'below' WHEN 'behind' THEN 'in_front' ELSE kind END,
                   distance_m
            FROM adjacencies
            WHERE other_id = $1 AND place_id IN (
                SELECT id FROM places
                WHERE state -> 'adjacent' @> jsonb_build_array(jsonb_build_object('place_id', $1::text))
            )
        )
        SELECT places.id AS place_id, places.name, beside.kind, beside.distance_m
        FROM beside JOIN places ON places.id = beside.place_id
        ORDER BY beside.distance_m, places.sort_key, beside.kind
        """,
        place_id,
    )
    return [NeighbourView(**dict(row)) for row in rows]


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


class CarriedHelpPlace(BaseModel):
    """A home from which somebody must be carried; of whom and why nothing is known."""

    place_id: UUID
    name: str


class CarriedHelp(BaseModel):
    items: list[CarriedHelpPlace]


class OwnHome(CarriedHelpPlace):
    """One's own home: whether it is marked, and when its captain looked."""

    needed: bool
    looked_at: list[datetime]


class OwnCarriedHelp(BaseModel):
    items: list[OwnHome]


async def carried_help(connection: Connection, building_id: UUID) -> CarriedHelp:
    """The marked homes of a building, in the order of their addresses."""
    rows = await connection.fetch(
        """
        SELECT place_id, name FROM carried_help JOIN places ON places.id = place_id
        WHERE building_id = $1 ORDER BY sort_key
        """,
        building_id,
    )
    return CarriedHelp(items=[CarriedHelpPlace(**dict(row)) for row in rows])


async def own_carried_help(connection: Connection, member_id: UUID | None, today: date) -> OwnCarriedHelp:
    """Where somebody lives today, with the looks since the mark was set."""
    rows = await connection.fetch(
        """
        SELECT DISTINCT places.id AS place_id, places.name, marked_at IS NOT NULL AS needed, ARRAY (
            SELECT looked_at FROM carried_help_looks AS look
            WHERE look.building_id = places.building_id AND looked_at >= marked_at
            ORDER BY looked_at
        ) AS looked_at
        FROM occupancies JOIN places ON places.id = occupancies.place_id
        LEFT JOIN carried_help ON carried_help.place_id = places.id
        WHERE occupancies.member_id = $1 AND occupancies.kind = 'lives' AND places.kind = 'unit'
          AND (until_day IS NULL OR until_day >= $2)
        ORDER BY name
        """,
        member_id,
        today,
    )
    return OwnCarriedHelp(items=[OwnHome(**dict(row)) for row in rows])
