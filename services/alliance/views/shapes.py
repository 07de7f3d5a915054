"""What is answered of alliances, places and members."""

from __future__ import annotations

from datetime import date, time
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.alliance.events import OccupancyKind, PlaceKind
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


class MemberNumber(BaseModel):
    """Whose number it is; nothing else of them."""

    id: UUID


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
