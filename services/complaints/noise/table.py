"""The standard's tables and the conduct rules (limits.yaml), as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from shared.contracts.measurements import Band, Conduct, Period, Point, Room, ZoneClass
from shared.tables import table_of

DayNight = tuple[int, int]
_PERIODS: tuple[Period, ...] = ("day", "night")


@dataclass(frozen=True)
class Distances:
    """How far the microphone must be from floor, reflecting faces and the outer window (§5.3)."""

    height_m: Decimal
    surface_m: Decimal
    outer_window_m: Decimal = Decimal(0)


@dataclass(frozen=True)
class ConductRule:
    """The rule for noise that no level limits: voices, shutters, dancing, homes."""

    kinds: tuple[Conduct, ...]
    source: str
    article: str
    effective_from: date


@dataclass(frozen=True)
class Limits:
    """All figures of the standard that a verdict needs."""

    source: str
    effective_from: date
    certainty: Literal["H", "M", "L"]
    boundary: dict[ZoneClass, DayNight]
    near_boundary_m: Decimal
    indoors_less_db: int
    indoors: dict[ZoneClass, dict[Room, DayNight]]
    band_hz: tuple[Band, ...]
    bands: dict[ZoneClass, dict[Period, dict[Room, tuple[int, ...]]]]
    maximum_above_db: int
    calibration_drift_db: Decimal
    type_1_below_db: Decimal
    wind_m_s: Decimal
    steady_seconds: int
    points: dict[Point, Distances]
    background: dict[int, int]
    conduct: tuple[ConductRule, ...]

    def at_boundary(self, zone: ZoneClass, period: Period) -> int:
        """Table 1."""
        return self.boundary[zone][_PERIODS.index(period)]

    def through_structure(self, zone: ZoneClass, period: Period, room: Room) -> int:
        """Table 2."""
        return self.indoors[zone][room][_PERIODS.index(period)]

    def by_band(self, zone: ZoneClass, period: Period, room: Room) -> dict[Band, int]:
        """Table 3."""
        return dict(zip(self.band_hz, self.bands[zone][period][room], strict=True))

    def conduct_rule(self, kind: Conduct, on: date) -> ConductRule:
        """The newest conduct rule on that day; for a day before all of them the oldest one."""
        rows = sorted((row for row in self.conduct if kind in row.kinds), key=lambda row: row.effective_from)
        return next((row for row in reversed(rows) if row.effective_from <= on), rows[0])


@cache
def limits() -> Limits:
    """The tables of this version."""
    return TypeAdapter(Limits).validate_python(table_of("services.complaints.noise", "limits.yaml"))
