"""A noise reading as it was taken. No name and no address: the paper record has them, here stands what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal

from shared.clock import SHANGHAI
from shared.contracts.measurements import (
    Band,
    Instrument,
    MeasuredBy,
    Period,
    Point,
    RecordField,
    Room,
    Source,
    Weather,
    ZoneClass,
)

_DAY_BEGINS, _NIGHT_BEGINS = time(6), time(22)


@dataclass(frozen=True)
class BandLevel:
    """One octave band, with its background where that was measured."""

    hz: Band
    level_db: Decimal
    background_db: Decimal | None = None


@dataclass(frozen=True)
class Reading:
    """What was measured, where, with what and how. None is what nobody noted."""

    measured_at: datetime
    source: Source
    point: Point
    level_db: Decimal
    """L_Aeq."""
    instrument: Instrument
    measured_by: MeasuredBy
    seconds: int
    steady: bool
    zone_class: ZoneClass | None = None
    through_structure: bool = False
    """The source is fixed inside the building where it was measured, and its sound comes through the structure."""
    boundary_m: Decimal | None = None
    """From the boundary of the shop to the building."""
    boundary_measurable: bool = True
    room: Room | None = None
    background_db: Decimal | None = None
    maximum_db: Decimal | None = None
    bands: tuple[BandLevel, ...] = ()
    calibrated_before_db: Decimal | None = None
    calibrated_after_db: Decimal | None = None
    weather: Weather | None = None
    wind_m_s: Decimal | None = None
    normal_operation: bool | None = None
    height_m: Decimal | None = None
    surface_m: Decimal | None = None
    outer_window_m: Decimal | None = None
    record: tuple[RecordField, ...] = field(default=())

    @property
    def period(self) -> Period:
        """Night is 22:00 to 06:00 by the clock on the wall (§3.8)."""
        local = self.measured_at.astimezone(SHANGHAI).time()
        return "day" if _DAY_BEGINS <= local < _NIGHT_BEGINS else "night"

    @property
    def by_band(self) -> Mapping[Band, BandLevel]:
        return {one.hz: one for one in self.bands}
