"""A stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """From one moment to another, the end not included."""

    starts_at: datetime
    ends_at: datetime
