"""What the alliance service tells: places, who has occupied them when, members and their roles. No names."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import topics
from shared.contracts.envelope import Code, Contract

Role = Literal[
    "resident",
    "merchant",
    "building_captain",
    "volunteer",
    "coordinator",
    "mediator",
    "court_liaison",
    "agency_officer",
    "representative",
    "operator",
]


class PlaceEvent(Contract, abstract=True):
    """About one place; ordered by place."""

    TOPIC: ClassVar[str] = topics.ALLIANCE
    KEY: ClassVar[str] = "place_id"

    place_id: UUID
    alliance_id: UUID


class BusyHours(BaseModel):
    """From and until a local time, on every day on which the shop is open."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    since: time
    until: time


class OpenHours(BusyHours):
    """Every week on this day, Monday being 0."""

    weekday: int


class PlaceRegistered(PlaceEvent):
    """A block, building, unit or shop stands in the register. `building_id` is itself for a building.

    `weekly` and `busy`: when a shop is open, and when nobody can be spared there (the latest one counts).
    """

    kind: Literal["block", "building", "unit", "shop", "room"]
    block_id: UUID | None = None
    building_id: UUID | None = None
    parent_id: UUID | None = None
    trade: Code | None = None
    weekly: tuple[OpenHours, ...] = ()
    busy: tuple[BusyHours, ...] = ()


class CalendarEvent(Contract, abstract=True):
    """About the working calendar; ordered by alliance."""

    TOPIC: ClassVar[str] = topics.ALLIANCE
    KEY: ClassVar[str] = "alliance_id"

    alliance_id: UUID


class CalendarDaySet(CalendarEvent):
    """On that day offices work, or rest, whatever the calendar shipped says (the latest one counts)."""

    day: date
    works: bool


class CalendarYearEntered(CalendarEvent):
    """The days of that year were all entered: dates in it are no longer provisional."""

    year: int


class CovenantEvent(Contract, abstract=True):
    """About one covenant (公约); ordered by covenant."""

    TOPIC: ClassVar[str] = topics.ALLIANCE
    KEY: ClassVar[str] = "covenant_id"

    covenant_id: UUID
    alliance_id: UUID


class CovenantAdopted(CovenantEvent):
    """A version of a covenant was adopted at a meeting, or filed with the street office (the latest one counts).

    `clauses` are the numbers of its clauses, which they keep in every version; the words are read over HTTP.
    """

    version: int
    clauses: tuple[int, ...]
    sides: tuple[Literal["residents", "merchants"], ...]
    adopted_on: date
    in_force_from: date
    filed_on: date | None = None


class CovenantEnded(CovenantEvent):
    """From that day on the covenant is not in force any more."""

    ended_on: date


class MemberEvent(Contract, abstract=True):
    """About one member; ordered by member."""

    TOPIC: ClassVar[str] = topics.ALLIANCE
    KEY: ClassVar[str] = "member_id"

    member_id: UUID
    alliance_id: UUID


class Grant(BaseModel):
    """A role and where it counts: the whole alliance when `place_id` is absent, else that building."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    role: Role
    place_id: UUID | None = None


class MemberRegistered(MemberEvent):
    """Somebody belongs to the alliance, or their roles or language changed (the latest one counts)."""

    grants: tuple[Grant, ...]
    language: Literal["zh-CN", "en"] = "zh-CN"
    signs_in: bool | None = None
    """Whether a code to sign in by can be mailed to them; None where it was not said."""


class OccupancyStarted(MemberEvent):
    """The member lives, trades or works at a place from a day on (占用期)."""

    occupancy_id: UUID
    place_id: UUID
    building_id: UUID | None = None
    kind: Literal["lives", "trades", "works"]
    trade: Code | None = None
    from_day: date


class OccupancyEnded(MemberEvent):
    """The occupancy's last day is known."""

    occupancy_id: UUID
    until_day: date


class KinshipDeclared(MemberEvent):
    """Two members are family; neither may mediate for the other (利害关系)."""

    relative_id: UUID


class ErasureAsked(MemberEvent):
    """Somebody wishes to be erased: whoever has obligations towards them says what stands against it (PIPL art. 47)."""

    erasure_id: UUID


class ErasureGranted(MemberEvent):
    """Nothing stands against it: whoever holds anything of them erases it, and says so."""

    erasure_id: UUID
