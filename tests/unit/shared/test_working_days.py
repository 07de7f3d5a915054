from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar.working_days import WorkingCalendar

CALENDAR = WorkingCalendar()


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 3, 12), 2, date(2026, 3, 16)),  # Thursday, over a weekend
        (date(2026, 3, 13), 5, date(2026, 3, 20)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day week
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # onto a make-up Saturday
        (date(2026, 12, 31), 2, date(2027, 1, 4)),  # beyond the last year the library knows
    ],
)
def test_clocks_in_working_days_end_where_the_calendar_says(start, count, last):
    assert CALENDAR.after_working_days(start, count) == last


def test_a_month_ends_on_a_working_day():
    assert CALENDAR.after_months(date(2026, 3, 13), 1) == date(2026, 4, 13)
    assert CALENDAR.after_months(date(2026, 1, 31), 1) == date(2026, 2, 28)  # a make-up Saturday


def test_thirty_days_that_end_on_a_holiday_go_on_to_the_next_working_day():
    assert CALENDAR.after_days(date(2026, 9, 2), 30) == date(2026, 10, 8)


def test_an_administrators_entry_outweighs_the_seed():
    edited = WorkingCalendar({date(2027, 1, 1): False, date(2027, 1, 2): True})
    assert edited.next_working(date(2027, 1, 1)) == date(2027, 1, 2)


def test_a_year_beyond_the_seed_is_provisional_until_somebody_enters_it():
    assert not CALENDAR.is_provisional(2026)
    assert CALENDAR.is_provisional(2027)
    assert not WorkingCalendar(entered=frozenset({2027})).is_provisional(2027)
    assert CALENDAR.is_guess(date(2026, 12, 30), date(2027, 1, 4))
    assert not CALENDAR.is_guess(date(2026, 12, 29), date(2026, 12, 31))


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 40))
def test_more_days_never_end_earlier_and_always_on_a_working_day(start, count):
    last = CALENDAR.after_working_days(start, count)
    assert CALENDAR.is_working(last)
    assert last >= start + timedelta(days=count)
    assert last > CALENDAR.after_working_days(start, count - 1)


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2026, 10, 1), True),
        (date(2026, 10, 3), True),  # a Saturday within the National Day week
        (date(2026, 10, 10), False),  # its make-up Saturday
        (date(2026, 10, 17), False),  # a plain Saturday
        (date(2026, 10, 19), False),
        (date(2027, 10, 1), False),  # not entered yet
    ],
)
def test_a_holiday_is_no_plain_weekend_and_no_make_up_day(day, is_holiday):
    assert CALENDAR.is_holiday(day) is is_holiday


def test_what_somebody_entered_makes_and_ends_holidays():
    edited = WorkingCalendar(
        {
            date(2026, 10, 1): True,
            date(2026, 10, 10): False,
            date(2026, 10, 19): False,
            date(2027, 10, 1): False,
            date(2027, 10, 2): False,
            date(2027, 10, 9): True,
        }
    )
    assert [day for day in edited.exceptions if edited.is_holiday(day)] == [
        date(2026, 10, 19),
        date(2027, 10, 1),
        date(2027, 10, 2),
    ]
