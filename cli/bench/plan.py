"""What a city would need: a year of its cases simulated, hour by hour, on figures measured of single cases. Pure.

What was measured comes from `shangju bench weigh`, what a city is from `City`. Nothing is rounded on the way, so that a
doubtful number can be followed back to those it was made of.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from shared.messaging import retention
from shared.persistence import idempotency, timers

YEAR = timedelta(days=365)
HOURS = 365 * 24
DAYTIME = (1, 1, 1, 1, 1, 1, 2, 4, 8, 9, 9, 7, 6, 7, 8, 8, 8, 8, 9, 11, 13, 14, 11, 5)
"""How filings fall on the hours of a day: neighbours complain when they are at home."""
SUMMER, WEEKEND = 1.6, 1.2
"""Open windows, and people at home."""
PASSING: Mapping[str, timedelta] = {
    "outbox": max(kept.sent for kept in retention.PASSING.values()),
    "inbox": max(kept.handled for kept in retention.PASSING.values()),
    "idempotency": idempotency.KEPT,
    "timers": timers.KEPT,
    "unsealed": timedelta(minutes=1),
}
"""Tables of what is only on its way, and how old their rows become; what is unsealed waits for the next minute."""
ON_TOPIC = max(kept.on_topic for kept in retention.PASSING.values())
CHAINED = "journal"
GIB = 2**30


@dataclass(frozen=True)
class Measured:
    """What one case cost from its filing to its survey, all services together."""

    cases: int
    processor_seconds: Mapping[str, float]
    """By whom: services, database, broker."""
    tables: Mapping[str, Mapping[str, float]]
    """Database → table → bytes, indexes included."""
    topics: Mapping[str, float]
    """Topic → bytes of one copy."""
    events: float
    effects: float
    mails: float

    @property
    def staying(self) -> float:
        """Bytes that stay in the databases."""
        return sum(
            size for tables in self.tables.values() for table, size in tables.items() if table not in PASSING
        )

    @property
    def passing(self) -> float:
        """Bytes that are on their way in the databases, of one case a year: each for as long as its table keeps it."""
        return sum(
            size * (PASSING[table] / YEAR)
            for tables in self.tables.values()
            for table, size in tables.items()
            if table in PASSING
        )


@dataclass(frozen=True)
class City:
    """What is planned for. None of it is measured; each is a parameter."""

    alliances: int = 6_000
    cases_a_year: int = 10_000_000
    years: int = 3
    """How long a file is kept."""
    photos_a_case: float = 1.5
    photo_bytes: int = 350_000
    copies: int = 3
    """Of a database, of a topic and of a photo."""
    utilisation: float = 0.5
    """Of a core in the busiest hour: the rest is for what is not like the mean."""
    cores_a_database: int = 8
    bytes_a_database: int = 500 * GIB
    """More is not brought back from a backup within a night."""
    core_month: float = 90.0
    gib_month: float = 0.8
    """Prices, in yuan."""
    seed: int = 1


@dataclass(frozen=True)
class Year:
    """Cases by the hour, and of each alliance."""

    hours: Sequence[int]
    alliances: Sequence[int]

    @property
    def busiest(self) -> int:
        return max(self.hours)


def simulated(city: City) -> Year:
    """A year like others: evenings, weekends and summers busier, a few alliances much larger than the most."""
    dice = random.Random(city.seed)  # noqa: S311 - a year to be had again
    weights = [dice.lognormvariate(0, 1) for _ in range(city.alliances)]
    scale = city.cases_a_year / sum(weights)
    profile = [_weight(hour) for hour in range(HOURS)]
    mean = city.cases_a_year / sum(profile)
    return Year(
        [_about(dice, weight * mean) for weight in profile],
        [_about(dice, weight * scale) for weight in weights],
    )


def _weight(hour: int) -> float:
    day = hour // 24
    return DAYTIME[hour % 24] * (SUMMER if 150 <= day < 245 else 1) * (WEEKEND if day % 7 >= 5 else 1)


def _about(dice: random.Random, mean: float) -> int:
    """As a Poisson process would have it, for means that are not small."""
    return max(0, round(dice.gauss(mean, mean**0.5)))


def shards(alliances: Sequence[int], number: int) -> list[list[int]]:
    """Which alliances live together: the largest first, each where there are the fewest cases yet."""
    heap = [(0, shard) for shard in range(number)]
    living: list[list[int]] = [[] for _ in range(number)]
    for alliance in sorted(range(len(alliances)), key=lambda one: -alliances[one]):
        cases, shard = heapq.heappop(heap)
        living[shard].append(alliance)
        heapq.heappush(heap, (cases + alliances[alliance], shard))
    return living


def plan(measured: Measured, city: City) -> dict[str, dict[str, float]]:
    """Sizes, partitions, machines and what they cost a year."""
    year = simulated(city)
    peak = year.busiest / 3600
    cores = {who: peak * seconds / city.utilisation for who, seconds in measured.processor_seconds.items()}
    kept = measured.staying * city.cases_a_year * city.years
    passing = measured.passing * city.cases_a_year
    number = max(
        ceil((kept + passing) / city.bytes_a_database),
        ceil(cores["database"] / city.cores_a_database),
    )
    fullest = max(sum(year.alliances[one] for one in living) for living in shards(year.alliances, number))
    topics = sum(measured.topics.values()) * city.cases_a_year * (ON_TOPIC / YEAR)
    photos = city.photos_a_case * city.photo_bytes * city.cases_a_year * city.years
    stored = (kept + passing + topics + photos) * city.copies
    running = cores["services"] + (cores["database"] + cores["broker"]) * city.copies
    return {
        "load": {
            "cases a second, mean": city.cases_a_year / (HOURS * 3600),
            "cases a second, busiest hour": peak,
            "events a second, busiest hour": peak * measured.events,
            "effects a second, busiest hour": peak * measured.effects,
            "mails a second, busiest hour": peak * measured.mails,
            "cases of the largest alliance a year": max(year.alliances),
        },
        "sizes in GiB, one copy": {
            f"databases, what stays, {city.years} years": kept / GIB,
            "databases, what passes": passing / GIB,
            f"topics, {ON_TOPIC.days} days": topics / GIB,
            f"photos, {city.years} years": photos / GIB,
        },
        "shards": {
            "sets of databases, by alliance": number,
            "alliances in each, mean": city.alliances / number,
            "fullest over mean": fullest * number / sum(year.alliances),
            "a month's partition of the journals of one, GiB": _monthly(measured, CHAINED) * fullest / GIB,
            "a month's partition of its outboxes, GiB": _monthly(measured, "outbox") * fullest / GIB,
            "a month's partition of its inboxes, GiB": _monthly(measured, "inbox") * fullest / GIB,
        },
        "cores in the busiest hour": {**cores, "all, with copies": running},
        "yuan a year": {
            "cores": running * city.core_month * 12,
            "disks": stored / GIB * city.gib_month * 12,
            "a case": (running * city.core_month + stored / GIB * city.gib_month) * 12 / city.cases_a_year,
        },
    }


def _monthly(measured: Measured, table: str) -> float:
    return sum(tables.get(table, 0.0) for tables in measured.tables.values()) / 12
