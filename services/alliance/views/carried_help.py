"""Homes where help is carried to the door."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from shared.persistence.database import Connection


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
