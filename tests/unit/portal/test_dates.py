from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.portal.dates import say_day, say_half_month, say_moment, say_span, say_time
from shared.clock import SHANGHAI

TODAY = date(2026, 3, 1)


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def test_a_day_is_said_with_its_weekday() -> None:
    assert say_day(date(2026, 3, 5), "zh-CN", TODAY) == "3月5日 周四"
    assert say_day(date(2026, 3, 5), "en", TODAY) == "Thu 5 March"


def test_the_year_is_said_only_where_it_is_another() -> None:
    assert say_day(date(2027, 1, 3), "zh-CN", TODAY) == "2027年1月3日 周日"
    assert say_day(date(2027, 1, 3), "en", TODAY) == "Sun 3 January 2027"


@pytest.mark.parametrize(
    ("hour", "minute", "chinese", "english"),
    [
        (0, 0, "凌晨0点", "midnight"),
        (0, 5, "凌晨0点05分", "12:05 am"),
        (4, 59, "凌晨4点59分", "4:59 am"),
        (5, 0, "早上5点", "5 am"),
        (8, 0, "上午8点", "8 am"),
        (11, 30, "上午11点半", "11:30 am"),
        (12, 0, "中午12点", "noon"),
        (12, 30, "中午12点半", "12:30 pm"),
        (13, 0, "下午1点", "1 pm"),
        (17, 45, "下午5点45分", "5:45 pm"),
        (18, 0, "晚上6点", "6 pm"),
        (19, 0, "晚上7点", "7 pm"),
        (23, 52, "晚上11点52分", "11:52 pm"),
    ],
)
def test_times_are_said_as_spoken(hour: int, minute: int, chinese: str, english: str) -> None:
    assert say_time(at(hour, minute), "zh-CN") == chinese
    assert say_time(at(hour, minute), "en") == english


def test_an_instant_is_said_in_shanghai() -> None:
    late_in_utc = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)

    assert say_moment(late_in_utc, "zh-CN", TODAY) == "3月5日 周四 凌晨0点"
    assert say_moment(at(19), "en", TODAY) == "Thu 5 March, 7 pm"


def test_a_span_says_the_day_once() -> None:
    assert say_span(at(14), at(16), "zh-CN", TODAY) == "3月5日 周四 下午2点至4点"
    assert say_span(at(11), at(14), "zh-CN", TODAY) == "3月5日 周四 上午11点至下午2点"
    assert say_span(at(14), at(16), "en", TODAY) == "Thu 5 March, 2 pm – 4 pm"
    assert say_span(at(23), at(1, day=6), "en", TODAY) == "Thu 5 March, 11 pm – Fri 6 March, 1 am"


@pytest.mark.parametrize(("day", "chinese"), [(1, "上"), (15, "上"), (16, "下"), (31, "下")])
def test_a_half_month_betrays_no_day(day: int, chinese: str) -> None:
    assert say_half_month(date(2026, 3, day), "zh-CN", TODAY) == f"3月{chinese}半月"


def test_a_half_month_of_another_year_names_it() -> None:
    assert say_half_month(TODAY - timedelta(days=80), "en", TODAY) == "first half of December 2025"
