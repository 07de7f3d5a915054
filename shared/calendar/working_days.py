"""Chinese working days and the deadlines counted in them (国务院办公厅 holiday notices; make-up days 调休).

The calendar is data an administrator can edit; chinesecalendar only seeds it. Beyond the last year it knows,
weekends rest and other days work, provisionally, until the State Council's notice is entered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from dateutil.relativedelta import relativedelta

_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Days that differ from the plain week: True works, False rests."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.exceptions:
            return self.exceptions[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < _SATURDAY

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

    def after_days(self, day: date, count: int) -> date:
        """The last day of a clock of `count` calendar days, moved to a working day where it ends on none."""
        return self.next_working(day + timedelta(days=count))

    def after_months(self, day: date, count: int) -> date:
        """The last day of a clock of `count` months, moved to a working day where it ends on none."""
        return self.next_working(day + relativedelta(months=count))
