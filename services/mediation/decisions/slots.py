"""Finding a time: where everybody and a room are free, early enough told, never in quiet hours.

All of it is arithmetic on spans of time. What is already booked comes with its buffer after it; the buffer
before the next session is kept here, and both once more by the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, zip_longest
from uuid import UUID

from services.mediation.decisions import apart
from services.mediation.decisions.shop_hours import ShopHours, disturbs
from services.mediation.rules import Rules
from services.mediation.state import Side, Span
from shared.calendar.working_days import WorkingCalendar
from shared.clock import SHANGHAI, local_day


@dataclass(frozen=True)
class Hours:
    """Free every week on `weekday` (Monday is 0), from and until a local time."""

    weekday: int
    from_: time
    to: time


@dataclass(frozen=True)
class DayException:
    """A day that differs from the week: free at these hours, or, with `available` False, not at all."""

    day: date
    available: bool
    from_: time = time.min
    to: time = time.max


@dataclass(frozen=True)
class Availability:
    """When a mediator or a room can be had."""

    weekly: tuple[Hours, ...] = ()
    exceptions: tuple[DayException, ...] = ()


@dataclass(frozen=True)
class Room:
    """A room and when it is open; `busy` spans hold the buffer after each booking."""

    room_id: UUID
    code: str
    availability: Availability
    busy: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Attendee:
    """A party, or a guest, who is on no side and there throughout.

    Without `windows` they named no times and are taken at their answer to each slot; the hours of the `shops` in
    which they trade are avoided then.
    """

    side: Side | None
    windows: tuple[Span, ...] = ()
    busy: tuple[Span, ...] = ()
    shops: tuple[ShopHours, ...] = ()


@dataclass(frozen=True)
class Calendars:
    """Everything a search looks at. `separate`: the sides come one after the other, each to its part alone.

    On holidays of the `official` calendar the mediator's week does not hold.
    """

    mediator: Availability
    mediator_busy: tuple[Span, ...]
    rooms: tuple[Room, ...]
    attendees: tuple[Attendee, ...]
    separate: bool
    official: WorkingCalendar = field(default_factory=WorkingCalendar)


@dataclass(frozen=True)
class Opening:
    """A time and a room that would do."""

    span: Span
    room: Room


def openings(calendars: Calendars, now: datetime, *, count: int, rules: Rules) -> list[Opening]:
    """At most `count` times, spread over the days, no two of them overlapping.

    Those that disturb a shop come only where too few others are found.
    """
    found: dict[int, list[Opening]] = defaultdict(list)
    for opening in _all(calendars, now, rules):
        found[_disturbance(calendars, opening.span, rules)].append(opening)
    chosen: list[Opening] = []
    for _, alike in sorted(found.items()):
        chosen += _spread(alike, chosen, rules)[: count - len(chosen)]
    return sorted(chosen, key=lambda one: one.span.starts_at)


def _spread(openings: Iterable[Opening], taken: Sequence[Opening], rules: Rules) -> list[Opening]:
    """The first of each day, then the second of each; none within the buffer of another, or of one taken."""
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for opening in sorted(openings, key=lambda one: (one.span.starts_at, one.room.code)):
        day = by_day[local_day(opening.span.starts_at)]
        if all(_is_clear_of(opening, other, rules) for other in (*day[-1:], *taken)):
            day.append(opening)
    in_turn = chain.from_iterable(zip_longest(*by_day.values()))
    return [opening for opening in in_turn if opening is not None]


def _is_clear_of(one: Opening, other: Opening, rules: Rules) -> bool:
    first, second = sorted((one.span, other.span), key=lambda span: span.starts_at)
    return first.ends_at + rules.buffer <= second.starts_at


def _disturbance(calendars: Calendars, span: Span, rules: Rules) -> int:
    """How much it disturbs the shopkeeper whom it disturbs most, who named no times of their own."""
    parts = apart.parts_of(span, separate=calendars.separate, rules=rules)
    return max(
        (
            disturbs(one.shops, apart.time_for(one.side, span, parts), avoided=rules.shop_hours_avoided)
            for one in calendars.attendees
            if not one.windows
        ),
        default=0,
    )


def fits(calendars: Calendars, now: datetime, span: Span, room_id: UUID, *, rules: Rules) -> bool:
    """Whether this very time in this room would do."""
    free = _free_in_rooms(calendars, now, rules)
    there = any(room.room_id == room_id and any(_within(span, gap) for gap in gaps) for room, gaps in free)
    return there and _all_can_come(calendars, span, _attendance(calendars, now, rules), rules)


def is_open(availability: Availability, span: Span) -> bool:
    """Whether a room is open all that time, whoever is in it."""
    day = local_day(span.starts_at)
    return any(_within(span, gap) for gap in _joined(_hours_on(availability, day)))


def are_shut_out(before: Availability, after: Availability, fixed: Iterable[Span]) -> list[bool]:
    """Of each time fixed in a room, whether new hours close the room for it; what was closed before is known."""
    return [is_open(before, span) and not is_open(after, span) for span in fixed]


def _all(calendars: Calendars, now: datetime, rules: Rules) -> Iterable[Opening]:
    attendance = _attendance(calendars, now, rules)
    lasts = apart.length(separate=calendars.separate, rules=rules)
    for room, gaps in _free_in_rooms(calendars, now, rules):
        for span in chain.from_iterable(_on_the_grid(gap, lasts, rules) for gap in gaps):
            if _all_can_come(calendars, span, attendance, rules):
                yield Opening(span, room)


def _on_the_grid(gap: Span, lasts: timedelta, rules: Rules) -> Iterable[Span]:
    grid = timedelta(minutes=rules.slot_grid_minutes)
    start = _on_grid(gap.starts_at, grid)
    while start + lasts <= gap.ends_at:
        yield Span(start, start + lasts)
        start += grid


def _all_can_come(calendars: Calendars, span: Span, attendance: Attendance, rules: Rules) -> bool:
    """Whether everybody is free when they are to be there."""
    parts = apart.parts_of(span, separate=calendars.separate, rules=rules)
    return all(
        any(_within(apart.time_for(side, span, parts), gap) for gap in free) for side, free in attendance
    )


Attendance = list[tuple[Side | None, list[Span]]]
"""Each one's side, and when they are free."""


def _attendance(calendars: Calendars, now: datetime, rules: Rules) -> Attendance:
    horizon = _horizon(now, rules)
    return [
        (one.side, _without(_joined(one.windows or (horizon,)), one.busy, before=timedelta()))
        for one in calendars.attendees
    ]


def _horizon(now: datetime, rules: Rules) -> Span:
    first = now + rules.notice
    return Span(first, first + timedelta(days=rules.search_days))


def _free_in_rooms(calendars: Calendars, now: datetime, rules: Rules) -> list[tuple[Room, list[Span]]]:
    first, days = local_day(now + rules.notice), rules.search_days
    common = _both([_horizon(now, rules)], _outside_quiet_hours(first, days, rules))
    mediator = _off_on_holidays(calendars, first, days)
    common = _both(common, _free(mediator, calendars.mediator_busy, first, days, rules))
    return [
        (room, _both(common, _free(room.availability, room.busy, first, days, rules)))
        for room in calendars.rooms
    ]


def _off_on_holidays(calendars: Calendars, first: date, days: int) -> Availability:
    """The mediator's week without the official holidays; hours they named for such a day hold."""
    off = tuple(
        DayException(day, available=False) for day in _days(first, days) if calendars.official.is_holiday(day)
    )
    return replace(calendars.mediator, exceptions=(*calendars.mediator.exceptions, *off))


def _free(
    availability: Availability, busy: Sequence[Span], first: date, days: int, rules: Rules
) -> list[Span]:
    spans = chain.from_iterable(_hours_on(availability, day) for day in _days(first, days))
    return _without(_joined(spans), busy, before=rules.buffer)


def _hours_on(availability: Availability, day: date) -> list[Span]:
    """What is said of that very day counts for it alone, instead of the week."""
    differs = [one for one in availability.exceptions if one.day == day]
    if differs:
        return [_on(day, one.from_, one.to) for one in differs if one.available]
    return [_on(day, one.from_, one.to) for one in availability.weekly if one.weekday == day.weekday()]


def _outside_quiet_hours(first: date, days: int, rules: Rules) -> list[Span]:
    return [_on(day, rules.quiet_until, rules.quiet_from) for day in _days(first, days)]


def _days(first: date, days: int) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range(days + 1))


def _on(day: date, from_: time, to: time) -> Span:
    """A day's hours; 23:59:59… stands for the day's end."""
    return Span(datetime.combine(day, from_, SHANGHAI), datetime.combine(day, to, SHANGHAI))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted, overlapping and touching spans made one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_at):
        if joined and span.starts_at <= joined[-1].ends_at:
            joined[-1] = Span(joined[-1].starts_at, max(joined[-1].ends_at, span.ends_at))
        else:
            joined.append(span)
    return joined


def _both(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """What lies in both; each side sorted and without overlaps."""
    common = (
        Span(max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at))
        for one in left
        for other in right
    )
    return [span for span in common if span.starts_at < span.ends_at]


def _without(spans: Sequence[Span], busy: Iterable[Span], *, before: timedelta) -> list[Span]:
    """What is left of `spans`, keeping `before` free ahead of each busy span."""
    left = list(spans)
    for taken in busy:
        start, end = taken.starts_at - before, taken.ends_at
        left = [
            piece
            for span in left
            for piece in (
                Span(span.starts_at, min(span.ends_at, start)),
                Span(max(span.starts_at, end), span.ends_at),
            )
            if piece.starts_at < piece.ends_at
        ]
    return left


def _within(span: Span, gap: Span) -> bool:
    return gap.starts_at <= span.starts_at and span.ends_at <= gap.ends_at


def _on_grid(moment: datetime, grid: timedelta) -> datetime:
    """The first moment from `moment` on that is a whole number of grid steps after local midnight."""
    midnight = datetime.combine(local_day(moment), time.min, SHANGHAI)
    return midnight - (midnight - moment) // grid * grid
