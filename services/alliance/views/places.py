"""Alliances and their places."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from services.alliance.events import PlaceKind
from services.alliance.views.paging import ALLIANCES, PLACES, Page
from services.alliance.views.shapes import (
    AlliancePage,
    AllianceView,
    AllianceWithBlocks,
    BlockView,
    NeighbourView,
    PlacePage,
    PlaceView,
    PlaceWithNeighbours,
)
from shared.errors import NotFound
from shared.persistence.database import Connection


@dataclass(frozen=True)
class PlaceFilter:
    kind: PlaceKind | None = None
    block_id: UUID | None = None
    q: str | None = None
    building_id: UUID | None = None


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
