"""Dates as people write them: 3月5日 周四 晚上7点 / Thu 5 March, 7 pm. Always Shanghai time."""

from __future__ import annotations

from datetime import date, datetime

from shared.clock import SHANGHAI
from shared.texts import Language

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PARTS_OF_DAY = ((5, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Up to which hour a part of the day lasts, in everyday Chinese."""


def say_day(day: date, language: Language, today: date) -> str:
    """The day with its weekday; the year only where it is not this one."""
    if language == "en":
        written = f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"
        return written if day.year == today.year else f"{written} {day.year}"
    written = f"{day.month}月{day.day}日 周{_WEEKDAYS_ZH[day.weekday()]}"
    return written if day.year == today.year else f"{day.year}年{written}"


def say_time(moment: datetime, language: Language) -> str:
    """The time of day as it is spoken."""
    local = moment.astimezone(SHANGHAI)
    return _time_en(local) if language == "en" else _time_zh(local)


def say_hours(first: int, last: int, language: Language) -> str:
    """From which full hour until which, of any day."""
    start, end = (say_time(datetime(2000, 1, 1, hour, tzinfo=SHANGHAI), language) for hour in (first, last))
    return f"{start} – {end}" if language == "en" else f"{start}至{end}"


def say_moment(moment: datetime, language: Language, today: date) -> str:
    """Day and time."""
    day = say_day(moment.astimezone(SHANGHAI).date(), language, today)
    return f"{day}{', ' if language == 'en' else ' '}{say_time(moment, language)}"


def say_span(start: datetime, end: datetime, language: Language, today: date) -> str:
    """From when to when; the day is said once where both lie on it."""
    dash = " – " if language == "en" else "至"
    same_day = start.astimezone(SHANGHAI).date() == end.astimezone(SHANGHAI).date()
    until = _until_same_day(start, end, language) if same_day else say_moment(end, language, today)
    return f"{say_moment(start, language, today)}{dash}{until}"


def say_half_month(day: date, language: Language, today: date) -> str:
    """As exact as the other side may know when a complaint was filed."""
    early = day.day <= 15
    if language == "en":
        written = f"{'first' if early else 'second'} half of {_MONTHS_EN[day.month - 1]}"
        return written if day.year == today.year else f"{written} {day.year}"
    written = f"{day.month}月{'上' if early else '下'}半月"
    return written if day.year == today.year else f"{day.year}年{written}"


def _until_same_day(start: datetime, end: datetime, language: Language) -> str:
    """In Chinese the part of the day is said once: 下午2点至4点."""
    said = say_time(end, language)
    return said if language == "en" else said.removeprefix(_part_of_day(start.astimezone(SHANGHAI)))


def _part_of_day(local: datetime) -> str:
    return next(name for until, name in _PARTS_OF_DAY if local.hour < until)


def _time_zh(local: datetime) -> str:
    part = _part_of_day(local)
    hour = local.hour if local.hour <= 12 else local.hour - 12
    match local.minute:
        case 0:
            return f"{part}{hour}点"
        case 30:
            return f"{part}{hour}点半"
    return f"{part}{hour}点{local.minute:02}分"


def _time_en(local: datetime) -> str:
    match local.hour, local.minute:
        case 0, 0:
            return "midnight"
        case 12, 0:
            return "noon"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes} {'am' if local.hour < 12 else 'pm'}"
