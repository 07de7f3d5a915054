"""Weekly hours, the days that differ and a shop's busiest hours, as forms show and send them.

No hours on a day that differs: not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from services.portal.answers import DayHours, Exceptional, WeeklyHours
from services.portal.forms import Form, Mistakes

WEEKDAYS = range(7)
"""Monday is 0."""

FREE_ROWS = 2
"""How many rows wait empty for another day that differs, or another busy time."""


def week_of(weekly: Iterable[WeeklyHours]) -> dict[str, list[str]]:
    """The fields of a form in which these hours stand."""
    fields: dict[str, list[str]] = {f"{end}_{day}": [] for day in WEEKDAYS for end in ("from", "to")}
    for one in sorted(weekly, key=lambda one: (one.weekday, one.from_)):
        fields[f"from_{one.weekday}"].append(_typed(one.from_))
        fields[f"to_{one.weekday}"].append(_typed(one.to))
    return fields


def days_of(exceptions: Iterable[Exceptional], today: date) -> dict[str, list[str]]:
    """The fields in which the days that differ stand; what is past matters no more."""
    ahead = sorted((one for one in exceptions if one.day >= today), key=lambda one: (one.day, one.from_))
    return {
        "except_day": [one.day.isoformat() for one in ahead],
        "except_from": [_typed(one.from_) if one.available else "" for one in ahead],
        "except_to": [_typed(one.to) if one.available else "" for one in ahead],
    }


def busy_of(busy: Iterable[DayHours]) -> dict[str, list[str]]:
    """The fields in which a shop's busiest hours stand."""
    in_order = sorted(busy, key=lambda one: one.from_)
    return {
        "busy_from": [_typed(one.from_) for one in in_order],
        "busy_to": [_typed(one.to) for one in in_order],
    }


def rows(form: Form) -> dict[int, int]:
    """How many rows to show for each day of the week: one more than are filled."""
    return {day: _filled(form, f"from_{day}", f"to_{day}") + 1 for day in WEEKDAYS}


def except_rows(form: Form) -> int:
    """The same for the days that differ."""
    return _filled(form, "except_day", "except_from", "except_to") + FREE_ROWS


def busy_rows(form: Form) -> int:
    """The same for the busiest hours."""
    return _filled(form, "busy_from", "busy_to") + FREE_ROWS


def week_in(form: Form) -> list[dict[str, Any]]:
    """The weekly hours as the service is sent them. Raises Mistakes, each under its row."""
    weekly, wrong = [], {}
    for day in WEEKDAYS:
        for number in range(len(form.all(f"from_{day}"))):
            start, end = form.row(f"from_{day}", number), form.row(f"to_{day}", number)
            if not (start or end):
                continue
            if not _runs_forward(start, end):
                wrong[f"hours_{day}_{number}"] = "hours_wrong"
            weekly.append({"weekday": day, "from": start, "to": end})
    if wrong:
        raise Mistakes(**wrong)
    return weekly


def days_in(form: Form) -> list[dict[str, Any]]:
    """The days that differ. Raises Mistakes, each under its row."""
    exceptions, wrong = [], {}
    for number in range(len(form.all("except_day"))):
        day, start, end = (form.row(f"except_{name}", number) for name in ("day", "from", "to"))
        if not (day or start or end):
            continue
        if not _is_day(day) or ((start or end) and not _runs_forward(start, end)):
            wrong[f"except_{number}"] = "except_wrong"
        one: dict[str, Any] = {"day": day, "available": bool(start)}
        exceptions.append(one | ({"from": start, "to": end} if start else {}))
    if wrong:
        raise Mistakes(**wrong)
    return exceptions


def busy_in(form: Form) -> list[dict[str, Any]]:
    """A shop's busiest hours. Raises Mistakes, each under its row."""
    pairs = [
        (number, form.row("busy_from", number), form.row("busy_to", number))
        for number in range(len(form.all("busy_from")))
    ]
    filled = [pair for pair in pairs if any(pair[1:])]
    wrong = {
        f"busy_{number}": "hours_wrong" for number, start, end in filled if not _runs_forward(start, end)
    }
    if wrong:
        raise Mistakes(**wrong)
    return [{"from": start, "to": end} for _, start, end in filled]


def _typed(moment: time) -> str:
    return f"{moment:%H:%M}"


def _filled(form: Form, *names: str) -> int:
    """Up to the last row in which anything stands."""
    columns = [form.all(name) for name in names]
    longest = max((len(column) for column in columns), default=0)
    filled = (
        number for number in range(longest) if any(number < len(one) and one[number] for one in columns)
    )
    return max(filled, default=-1) + 1


def _runs_forward(start: str, end: str) -> bool:
    try:
        return time.fromisoformat(start) < time.fromisoformat(end)
    except (TypeError, ValueError):
        return False


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
