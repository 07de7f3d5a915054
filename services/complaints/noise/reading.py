"""A noise reading as it was taken. No name and no address: the paper record has them, here stands what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Literal

from shared.clock import SHANGHAI

ZoneClass = Literal["0", "1", "2", "3", "4"]
"""Of the place outside the boundary (GB 3096); from the city's published map, never guessed."""

Period = Literal["day", "night"]
Room = Literal["A", "B"]
"""A: for sleep; B: every other room of a home, class, meeting room, office."""

Band = Literal["31.5", "63", "125", "250", "500"]

Equipment = Literal[
    "sound_system",
    "loudspeaker",
    "fan",
    "compressor",
    "air_conditioner",
    "pump",
    "exhaust",
    "lift",
    "transformer",
    "other_equipment",
]
"""Equipment and facilities of a venue or shop: the standard's scope (§1, §3.1)."""

Conduct = Literal["voices", "shutters", "square_dancing", "household"]
"""What the standard does not speak of."""

Source = Literal[Equipment, Conduct]

Point = Literal["boundary", "outside_window", "indoors_windows_open", "indoors_windows_closed"]

Instrument = Literal["phone", "meter_type_1", "meter_type_2"]

Weather = Literal["fair", "rain", "snow", "thunder"]

MeasuredBy = Literal["party", "coordinator", "agency", "cma_lab"]

RecordField = Literal[
    "unit",
    "address",
    "instrument_number",
    "instrument_verified",
    "calibrator",
    "main_sources",
    "sketch",
    "measurer",
    "checker",
    "approver",
]
"""What a record must hold (§5.6) beyond what the reading itself says."""

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
