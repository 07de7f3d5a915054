"""What the police were told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PoliceReported:
    what: str
    at: datetime
    reference: str | None
