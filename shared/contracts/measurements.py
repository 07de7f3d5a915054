"""The words of a noise measurement (GB 22337-2008), which complaints judges and the portal asks for."""

from __future__ import annotations

from typing import Literal

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

Point = Literal["indoors_windows_closed", "indoors_windows_open", "outside_window", "boundary"]

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
