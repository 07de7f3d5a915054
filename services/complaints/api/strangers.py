"""How many complaints one place on the network may file without sign-in; nothing of the address is kept."""

from __future__ import annotations

from services.complaints.api.hourly import Hourly

PER_HOUR = 20
STRANGERS = Hourly(PER_HOUR)
