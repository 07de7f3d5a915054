"""What makes a result invalid, whatever its level: instrument, calibration, weather, source, microphone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from services.complaints.noise.reading import Reading
from services.complaints.noise.table import Limits

Fault = Literal[
    "invalid_instrument",
    "calibration_drifted",
    "bad_weather",
    "too_windy",
    "source_not_normal",
    "too_short",
    "microphone_misplaced",
]


def faults(reading: Reading, table: Limits) -> Iterator[Fault]:
    """Each fault that is known; what nobody noted lowers the grade instead."""
    if reading.instrument == "meter_type_2" and reading.level_db < table.type_1_below_db:
        yield "invalid_instrument"
    drift = drift_of(reading)
    if drift is not None and drift > table.calibration_drift_db:
        yield "calibration_drifted"
    if reading.weather not in (None, "fair"):
        yield "bad_weather"
    if reading.wind_m_s is not None and reading.wind_m_s > table.wind_m_s:
        yield "too_windy"
    if reading.normal_operation is False:
        yield "source_not_normal"
    if reading.steady and reading.seconds < table.steady_seconds:
        yield "too_short"
    if _misplaced(reading, table):
        yield "microphone_misplaced"


def drift_of(reading: Reading) -> Decimal | None:
    """How far the calibrations before and after differ (§5.1)."""
    before, after = reading.calibrated_before_db, reading.calibrated_after_db
    return None if before is None or after is None else abs(after - before)


def _misplaced(reading: Reading, table: Limits) -> bool:
    least = table.points[reading.point]
    noted = (
        (reading.height_m, least.height_m),
        (reading.surface_m, least.surface_m),
        (reading.outer_window_m, least.outer_window_m),
    )
    return any(distance is not None and distance < minimum for distance, minimum in noted)
