"""What happened in the register, as the journal keeps it. Holds names and contacts; publish.py lets none out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal
from uuid import UUID

from shared.access.actor import Grant
from shared.texts import Language

PlaceKind = Literal["block", "building", "unit", "shop", "room"]
DayKind = Literal["works", "rests"]
AdjacencyKind = Literal["above", "behind", "opposite"]
OccupancyKind = Literal["lives", "trades", "works"]


@dataclass(frozen=True)
class PlaceRegistered:
    kind: PlaceKind
    name: str
    block_id: UUID | None
    building_id: UUID | None
    parent_id: UUID | None
    trade: str | None


@dataclass(frozen=True)
class AdjacencyDeclared:
    """How `place_id` lies to this place: above it, behind it, or opposite."""

    place_id: UUID
    kind: AdjacencyKind
    distance_m: float


@dataclass(frozen=True)
class PlaceChanged:
    """Its name and trade as they are from now on."""

    name: str
    trade: str | None


@dataclass(frozen=True)
class OpenHours:
    """Open every week on `weekday` (Monday is 0), from and until a local time."""

    weekday: int
    from_: time
    to: time


@dataclass(frozen=True)
class BusyHours:
    """On every day on which a shop is open, the hours in which nobody can be spared."""

    from_: time
    to: time


@dataclass(frozen=True)
class ShopHoursSet:
    """When a shop is open and when it is busiest, from now on; nothing said of either where there are none."""

    weekly: tuple[OpenHours, ...]
    busy: tuple[BusyHours, ...]


PlaceEvent = PlaceRegistered | AdjacencyDeclared | PlaceChanged | ShopHoursSet


@dataclass(frozen=True)
class MemberRegistered:
    display_name: str
    email: str | None
    phone: str | None
    language: Language
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class ContactChanged:
    """The whole contact as it is from now on."""

    display_name: str
    email: str | None
    phone: str | None
    language: Language


@dataclass(frozen=True)
class RoleGranted:
    grant: Grant


@dataclass(frozen=True)
class RoleWithdrawn:
    grant: Grant


@dataclass(frozen=True)
class OccupancyStarted:
    occupancy_id: UUID
    place_id: UUID
    building_id: UUID | None
    kind: OccupancyKind
    trade: str | None
    from_day: date


@dataclass(frozen=True)
class OccupancyEnded:
    occupancy_id: UUID
    until_day: date


@dataclass(frozen=True)
class KinshipDeclared:
    relative_id: UUID


@dataclass(frozen=True)
class MemberErased:
    """Nothing is left of whoever it was; what the earlier events said is gone from the journal (PIPL art. 47)."""


MemberEvent = (
    MemberRegistered
    | ContactChanged
    | RoleGranted
    | RoleWithdrawn
    | OccupancyStarted
    | OccupancyEnded
    | KinshipDeclared
    | MemberErased
)


@dataclass(frozen=True)
class CalendarDaySet:
    day: date
    kind: DayKind
    source: str


@dataclass(frozen=True)
class CalendarYearEntered:
    year: int


CalendarEvent = CalendarDaySet | CalendarYearEntered

Side = Literal["residents", "merchants"]
MeetingKind = Literal["residents_meeting", "merchants_meeting", "joint_meeting"]


@dataclass(frozen=True)
class Clause:
    """One clause under the number that it keeps in every version."""

    number: int
    text: str


@dataclass(frozen=True)
class Count:
    """How many of a side were there, and how many of them were for it."""

    side: Side
    present: int
    in_favour: int


@dataclass(frozen=True)
class Meeting:
    """Where a covenant was adopted; each side is counted by itself, where it was counted."""

    kind: MeetingKind
    place: str
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True)
class CovenantAdopted:
    """A covenant as a meeting adopted it (公约): the first version, or the next one whole."""

    title: str
    title_en: str | None
    clauses: tuple[Clause, ...]
    sides: tuple[Side, ...]
    adopted_on: date
    meeting: Meeting
    in_force_from: date
    filed_on: date | None


@dataclass(frozen=True)
class CovenantFiled:
    """The street office was handed the newest version."""

    on: date


@dataclass(frozen=True)
class CovenantEnded:
    """From that day on nobody lives by it any more."""

    on: date
    reason: str


CovenantEvent = CovenantAdopted | CovenantFiled | CovenantEnded
