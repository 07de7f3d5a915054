"""How much a reading can prove. A phone gives a clue; a calibrated meter with a whole record gives more; only an
accredited laboratory (CMA) or an agency gives proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from services.complaints.noise.reading import Reading
from services.complaints.noise.table import Limits
from services.complaints.noise.validity import drift_of
from shared.contracts.measurements import RecordField

Grade = Literal["indicative", "calibrated", "accredited_cma"]
GRADES: tuple[Grade, ...] = get_args(Grade)

Noted = Literal["zone_class", "weather", "wind", "operation", "place_of_microphone"]
Shortfall = Literal["phone", "not_calibrated", "not_accredited"] | RecordField | Noted

_SURELY_CALIBRATED: frozenset[Shortfall] = frozenset({"not_accredited"})


def grade_of(reading: Reading, table: Limits) -> Grade:
    """The grade that nothing stands against."""
    against = set(shortfalls(reading, table))
    if not against:
        return "accredited_cma"
    return "calibrated" if against <= _SURELY_CALIBRATED else "indicative"


def shortfalls(reading: Reading, table: Limits) -> tuple[Shortfall, ...]:
    """Everything that keeps the grade down (§5.1, §5.6)."""
    return tuple(_shortfalls(reading, table))


def _shortfalls(reading: Reading, table: Limits) -> Iterator[Shortfall]:
    if reading.instrument == "phone":
        yield "phone"
    drift = drift_of(reading)
    if drift is None or drift > table.calibration_drift_db:
        yield "not_calibrated"
    if reading.measured_by not in ("agency", "cma_lab"):
        yield "not_accredited"
    yield from (one for one in get_args(RecordField) if one not in reading.record)
    yield from _not_noted(reading, table)


def _not_noted(reading: Reading, table: Limits) -> Iterator[Noted]:
    """What the record must hold and the reading itself would say; the background is asked where it decides."""
    facts: dict[Noted, object | None] = {
        "zone_class": reading.zone_class,
        "weather": reading.weather,
        "wind": reading.wind_m_s,
        "operation": reading.normal_operation,
        "place_of_microphone": reading.height_m if reading.surface_m is not None else None,
    }
    yield from (name for name, value in facts.items() if value is None)
