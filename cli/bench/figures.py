"""Numbers with their spread: three runs say more than a best one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Series:
    """The same measurement several times, in events per second."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.runs)

    def as_json(self) -> dict[str, Any]:
        return {"min": min(self.runs), "median": self.median, "max": max(self.runs), "runs": self.runs}


@dataclass(frozen=True)
class Comparison:
    """What we reach, and the ceiling measured beside it within the same minute."""

    name: str
    ours_is: str
    ceiling_is: str
    ours: Series
    ceiling: Series
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return self.ours.median / self.ceiling.median

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "ours": self.ours_is,
            "ceiling": self.ceiling_is,
            "ours_per_second": self.ours.as_json(),
            "ceiling_per_second": self.ceiling.as_json(),
            "ratio_of_medians": round(self.ratio, 3),
            "beside": dict(self.beside),
        }


@dataclass(frozen=True)
class Limited:
    """One figure beside what it may be at most."""

    name: str
    unit: str
    measured: float
    limit: float
    beside: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "measured": self.measured,
            "limit": self.limit,
            "beside": dict(self.beside),
        }
