"""Chinese working days and the deadlines counted in them (国务院办公厅 holiday notices; make-up days 调休).

The calendar is data an administrator can edit; chinesecalendar only seeds it. Beyond the last year it knows,
weekends rest and other days work, provisionally, until the State Council's notice is entered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from dateutil.relativedelta import relativedelta

_SATURDAY = 5

SEED = "chinesecalendar, after the yearly notices of the State Council (国务院办公厅)"


@cache
def _is_seeded(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _works_by_seed(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def is_plain(day: date, *, works: bool) -> bool:
    """Whether the day is as in any week: weekends rest, other days work."""
    return works == (day.weekday() < _SATURDAY)


@dataclass(frozen=True)
class WorkingCalendar:
    """Days that differ from the plain week: True works, False rests."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    entered: frozenset[int] = frozenset()
    """Years whose days somebody entered whole."""

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.exceptions:
            return self.exceptions[day]
        if _is_seeded(day.year):
            return _works_by_seed(day)
        return day.weekday() < _SATURDAY

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is an official holiday (法定节假日), a weekend within one too; a plain weekend is none.

        Of a year that is not in the seed it is every day that somebody entered as resting.
        """
        if self.is_working(day):
            return False
        if not _is_seeded(day.year):
            return day in self.exceptions
        rests, feast = chinese_calendar.get_holiday_detail(day)
        return not is_plain(day, works=False) or (rests and feast is not None)

    def is_provisional(self, year: int) -> bool:
        """Whether the year's notice is neither in the seed nor entered: its holidays are not known."""
        return not _is_seeded(year) and year not in self.entered

    def is_guess(self, since: date, until: date) -> bool:
        """Whether a day counted from `since` to `until` rests on a year nobody has entered."""
        return any(self.is_provisional(year) for year in range(since.year, until.year + 1))

    def next_working(self, day: date) -> date:
        """`day` itself if it works, else the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """The last day of a clock of `count` working days from `day`; the first day never counts."""
        for _ in range(count):
            day = self.next_working(day + timedelta(days=1))
        return day

    def before_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days before `day`."""
        for _ in range(count):
            day -= timedelta(days=1)
            while not self.is_working(day):
                day -= timedelta(days=1)
        return day

    def after_days(self, day: date, count: int) -> date:
        """The last day of a clock of `count` calendar days, moved to a working day where it ends on none."""
        return self.next_working(day + timedelta(days=count))

    def after_months(self, day: date, count: int) -> date:
        """The last day of a clock of `count` months, moved to a working day where it ends on none."""
        return self.next_working(day + relativedelta(months=count))
