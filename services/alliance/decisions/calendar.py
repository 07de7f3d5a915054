"""What may become of the working calendar: days that differ from the one shipped, and years entered whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.alliance.commands import CalendarCommand, Day, EnterYear, SetDay
from services.alliance.events import CalendarDaySet, CalendarEvent, CalendarYearEntered, DayKind
from shared.calendar.working_days import WorkingCalendar
from shared.errors import Invalid

SHIPPED = WorkingCalendar()


@dataclass(frozen=True)
class Calendar:
    """What the alliance entered."""

    days: Mapping[date, DayKind] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


def decide(state: Calendar, command: CalendarCommand) -> list[CalendarEvent]:
    """Events that follow from `command`; what stands so already is not said again."""
    match command:
        case SetDay(day):
            return _set(state, [day])
        case EnterYear(year, days):
            _require_of_year(year, days)
            entered = [] if year in state.years else [CalendarYearEntered(year)]
            return [*_set(state, [*days, *_left_out(state, year, days)]), *entered]


def _require_of_year(year: int, days: tuple[Day, ...]) -> None:
    seen: set[date] = set()
    for index, one in enumerate(days):
        if one.day.year != year:
            raise Invalid(f"/days/{index}/day", "day_of_another_year")
        if one.day in seen:
            raise Invalid(f"/days/{index}/day", "day_named_twice")
        seen.add(one.day)


def _set(state: Calendar, days: list[Day]) -> list[CalendarEvent]:
    changed = (one for one in days if state.days.get(one.day) != one.kind)
    return [CalendarDaySet(one.day, one.kind, one.source) for one in changed]


def _left_out(state: Calendar, year: int, days: tuple[Day, ...]) -> list[Day]:
    """Days set before that are no exception any more: they are again as the calendar shipped says."""
    named = {one.day for one in days}
    back = sorted(day for day in state.days if day.year == year and day not in named)
    return [Day(day, kind_of(SHIPPED, day), "calendar shipped") for day in back]


def kind_of(calendar: WorkingCalendar, day: date) -> DayKind:
    """Our word for it."""
    return "works" if calendar.is_working(day) else "rests"


def evolve(state: Calendar, event: CalendarEvent) -> Calendar:
    """The calendar after `event`."""
    match event:
        case CalendarDaySet(day, kind, _):
            return replace(state, days={**state.days, day: kind})
        case CalendarYearEntered(year):
            return replace(state, years=state.years | {year})
