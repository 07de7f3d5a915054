"""When somebody can come: ticked on a small calendar of days and parts of the day, or written to the minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from services.portal import forms
from services.portal.forms import Form, Mistakes
from shared.clock import SHANGHAI

PARTS_OF_DAY = {"morning": (9, 13), "afternoon": (13, 17), "evening": (17, 20)}
"""From which hour until which. Each begins where the one before it ends: several are one time."""

DAYS_SHOWN = 14
WINDOW_ROWS = 3


def days_ahead(today: date) -> list[date]:
    """The days of the calendar."""
    return [today + timedelta(days=number) for number in range(1, DAYS_SHOWN + 1)]


def windows_in(form: Form) -> list[dict[str, str]]:
    """Everything that was ticked and written. Raises Mistakes."""
    return [*_ticked(form.all("free")), *_written(form)]


def _ticked(parts: Iterable[str]) -> list[dict[str, str]]:
    free: list[tuple[datetime, datetime]] = []
    for start, end in sorted(_span(part) for part in parts):
        if free and free[-1][1] == start:
            free[-1] = (free[-1][0], end)
        else:
            free.append((start, end))
    return [{"starts_at": start.isoformat(), "ends_at": end.isoformat()} for start, end in free]


def _span(ticked: str) -> tuple[datetime, datetime]:
    """Of `2026-03-24/evening` from five until eight."""
    day, _, part = ticked.partition("/")
    try:
        start, end = (
            datetime.combine(date.fromisoformat(day), time(hour), SHANGHAI) for hour in PARTS_OF_DAY[part]
        )
    except (ValueError, KeyError):
        raise Mistakes(available="field_wrong") from None
    return start, end


def _written(form: Form) -> list[dict[str, str]]:
    rows = zip(form.all("window_day"), form.all("window_from"), form.all("window_to"), strict=False)
    windows = []
    for number, (day, start, end) in enumerate(rows):
        if not (day or start or end):
            continue
        try:
            windows.append(
                {"starts_at": forms.local_moment(day, start), "ends_at": forms.local_moment(day, end)}
            )
        except ValueError:
            raise Mistakes(**{f"window_{number}": "window_wrong"}) from None
    return windows
