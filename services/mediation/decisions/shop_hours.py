"""When a shopkeeper can hardly leave: times are offered outside those hours first, and in them if need be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from services.mediation.state import Span
from shared.clock import SHANGHAI


@dataclass(frozen=True)
class BusyHours:
    """On every day on which the shop is open, nobody can be spared from and until a local time."""

    from_: time
    to: time


@dataclass(frozen=True)
class OpenHours:
    """Open every week on `weekday` (Monday is 0), from and until a local time."""

    weekday: int
    from_: time
    to: time


@dataclass(frozen=True)
class ShopHours:
    """What a shop says of itself; without `weekly` it may be open on any day."""

    weekly: tuple[OpenHours, ...] = ()
    busy: tuple[BusyHours, ...] = ()


def disturbs(shops: Iterable[ShopHours], span: Span, *, avoided: int) -> int:
    """How much a time disturbs whoever trades there: 2 in the busiest hours, 1 while it is open, 0 not at all.

    `avoided` is the alliance's rule as its place among none, busiest and open: how many of the two count.
    """
    worst = max((_disturbs(shop, span) for shop in shops), default=0)
    return worst if worst + avoided > 2 else 0


def _disturbs(shop: ShopHours, span: Span) -> int:
    start, end = (moment.astimezone(SHANGHAI) for moment in (span.starts_at, span.ends_at))
    today = [one for one in shop.weekly if one.weekday == start.weekday()]
    if shop.weekly and not today:
        return 0
    if any(_meet(one, start, end) for one in shop.busy):
        return 2
    return int(any(_meet(one, start, end) for one in today))


def _meet(hours: OpenHours | BusyHours, start: datetime, end: datetime) -> bool:
    """Sessions begin and end on one day: never in quiet hours."""
    return hours.from_ < end.time() and start.time() < hours.to
