"""Time as an argument: decisions are told what time it is, and only the doors ask a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Whatever can say what time it is, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class DevelopmentClock:
    """The time of this machine moved by the seconds written in a file that all processes read.

    A story that takes six weeks between neighbours can so be lived through in a minute
    (`shangju demo`, the acceptance tests). Wired only when the environment is `development`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at_mtime_ns = -1
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._current_offset()

    def advance(self, by: timedelta) -> None:
        """Moves every process's clock forward; time that has passed for a case never comes back.

        Raises ValueError for a negative step.
        """
        if by < timedelta():
            raise ValueError("a clock only moves forward")
        offset = self._current_offset() + by
        fresh = self._path.with_suffix(".new")
        fresh.write_text(str(offset.total_seconds()))
        fresh.replace(self._path)

    def _current_offset(self) -> timedelta:
        try:
            mtime_ns = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return timedelta()
        if mtime_ns != self._read_at_mtime_ns:
            self._offset = timedelta(seconds=float(self._path.read_text()))
            self._read_at_mtime_ns = mtime_ns
        return self._offset


def local_day(moment: datetime) -> date:
    """The calendar day in Shanghai, on which every deadline is counted."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """00:00 in Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def end_of_day(day: date) -> datetime:
    """24:00 in Shanghai: a clock whose last day is `day` ends here, not before."""
    return start_of_day(day) + timedelta(days=1)
