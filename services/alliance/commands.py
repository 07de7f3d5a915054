"""What may be asked of the register. Ids, days and the alliance are set at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.alliance.events import (
    AdjacencyKind,
    BusyHours,
    CovenantAdopted,
    DayKind,
    OccupancyKind,
    OpenHours,
    PlaceKind,
)
from shared.access.actor import Grant
from shared.texts import Language


@dataclass(frozen=True)
class Neighbour:
    """How another place lies to the one spoken of: above it, behind it, or opposite."""

    place_id: UUID
    kind: AdjacencyKind
    distance_m: float


@dataclass(frozen=True)
class RegisterPlace:
    place_id: UUID
    alliance_id: UUID
    kind: PlaceKind
    name: str
    parent_id: UUID | None = None
    trade: str | None = None
    adjacent: tuple[Neighbour, ...] = ()

    @property
    def places(self) -> frozenset[UUID]:
        parents = () if self.parent_id is None else (self.parent_id,)
        return frozenset((*parents, *(neighbour.place_id for neighbour in self.adjacent)))


@dataclass(frozen=True)
class DeclareAdjacency:
    place_id: UUID
    neighbour: Neighbour

    @property
    def places(self) -> frozenset[UUID]:
        return frozenset({self.neighbour.place_id})


@dataclass(frozen=True)
class ChangePlace:
    """What the building file calls a place, and what a shop trades in, as it is from now on."""

    place_id: UUID
    name: str
    trade: str | None = None
    places: frozenset[UUID] = field(default=frozenset(), init=False)


@dataclass(frozen=True)
class SetShopHours:
    """When a shop is open, and when nobody can be spared there: sessions are offered at other times if there are."""

    place_id: UUID
    weekly: tuple[OpenHours, ...]
    busy: tuple[BusyHours, ...]
    places: frozenset[UUID] = field(default=frozenset(), init=False)


PlaceCommand = RegisterPlace | DeclareAdjacency | ChangePlace | SetShopHours


@dataclass(frozen=True)
class NewOccupancy:
    """From a day on, somebody lives, trades or works at a place. No `trade` means the shop's own."""

    occupancy_id: UUID
    place_id: UUID
    kind: OccupancyKind
    from_day: date
    trade: str | None = None


@dataclass(frozen=True)
class RegisterMember:
    member_id: UUID
    alliance_id: UUID
    display_name: str
    email: str | None = None
    phone: str | None = None
    language: Language = "zh-CN"
    grants: tuple[Grant, ...] = ()
    occupancies: tuple[NewOccupancy, ...] = ()

    @property
    def places(self) -> frozenset[UUID]:
        scopes = (grant.place_id for grant in self.grants if grant.place_id is not None)
        return frozenset((*scopes, *(occupancy.place_id for occupancy in self.occupancies)))


@dataclass(frozen=True)
class ChangeContact:
    member_id: UUID
    display_name: str
    email: str | None
    phone: str | None
    language: Language
    places: frozenset[UUID] = field(default=frozenset(), init=False)


@dataclass(frozen=True)
class GrantRole:
    member_id: UUID
    grant: Grant

    @property
    def places(self) -> frozenset[UUID]:
        return frozenset() if self.grant.place_id is None else frozenset({self.grant.place_id})


@dataclass(frozen=True)
class WithdrawRole:
    member_id: UUID
    grant: Grant
    places: frozenset[UUID] = field(default=frozenset(), init=False)


@dataclass(frozen=True)
class StartOccupancy:
    member_id: UUID
    occupancy: NewOccupancy

    @property
    def places(self) -> frozenset[UUID]:
        return frozenset({self.occupancy.place_id})


@dataclass(frozen=True)
class EndOccupancy:
    occupancy_id: UUID
    until_day: date
    places: frozenset[UUID] = field(default=frozenset(), init=False)


@dataclass(frozen=True)
class DeclareKin:
    member_id: UUID
    relative_id: UUID
    places: frozenset[UUID] = field(default=frozenset(), init=False)


@dataclass(frozen=True)
class EndMembership:
    """Whoever leaves the alliance holds no role, lives nowhere in it and signs in no more; what they did stays."""

    member_id: UUID
    on: date
    places: frozenset[UUID] = field(default=frozenset(), init=False)


MemberCommand = (
    RegisterMember
    | ChangeContact
    | GrantRole
    | WithdrawRole
    | StartOccupancy
    | EndOccupancy
    | DeclareKin
    | EndMembership
)
Command = PlaceCommand | MemberCommand


@dataclass(frozen=True)
class Day:
    """Whether offices work on a day, and who says so: usually the State Council's yearly notice."""

    day: date
    kind: DayKind
    source: str


@dataclass(frozen=True)
class SetDay:
    """One day, in a year that may be known or not."""

    day: Day


@dataclass(frozen=True)
class EnterYear:
    """All days of a year that differ from what the calendar shipped says; a day left out is no exception."""

    year: int
    days: tuple[Day, ...]


CalendarCommand = SetDay | EnterYear


@dataclass(frozen=True)
class RegisterCovenant:
    """Enters what a meeting adopted; nothing is voted on here."""

    covenant_id: UUID
    alliance_id: UUID
    adopted: CovenantAdopted


@dataclass(frozen=True)
class ReplaceCovenant:
    """The next version takes the place of the former, which is kept."""

    covenant_id: UUID
    follows: int
    """How many versions there were for whoever asks this: what came meanwhile is not replaced unseen."""
    adopted: CovenantAdopted


@dataclass(frozen=True)
class FileCovenant:
    """The newest version was handed to the street office."""

    covenant_id: UUID
    follows: int
    on: date


@dataclass(frozen=True)
class EndCovenant:
    covenant_id: UUID
    follows: int
    on: date
    reason: str


CovenantCommand = RegisterCovenant | ReplaceCovenant | FileCovenant | EndCovenant
