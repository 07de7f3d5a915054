"""Readings to judge: `a_reading(level_db="54.6")`, a whole record of an accredited laboratory if not said otherwise."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_args

from services.complaints.noise.reading import Reading
from shared.contracts.measurements import RecordField

DAY = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
NIGHT = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
"""23:00 in Shanghai."""

_DECIMALS = {field.name for field in fields(Reading) if "Decimal" in str(field.type)}

ACCREDITED = Reading(
    measured_at=NIGHT,
    source="sound_system",
    point="boundary",
    level_db=Decimal("54.6"),
    instrument="meter_type_1",
    measured_by="cma_lab",
    seconds=60,
    steady=True,
    zone_class="2",
    boundary_m=Decimal(5),
    background_db=Decimal("40"),
    calibrated_before_db=Decimal("93.8"),
    calibrated_after_db=Decimal("93.8"),
    weather="fair",
    wind_m_s=Decimal(2),
    normal_operation=True,
    height_m=Decimal("1.5"),
    surface_m=Decimal(1),
    outer_window_m=Decimal("1.5"),
    record=get_args(RecordField),
)


def a_reading(of: Reading = ACCREDITED, **more: Any) -> Reading:
    numbers = {
        name: Decimal(str(value)) if name in _DECIMALS and value is not None else value
        for name, value in more.items()
    }
    return replace(of, **numbers)
