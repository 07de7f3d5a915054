"""Weekly hours and days that differ: shown as they are kept, sent as they stand, wrong where they are wrong."""

from __future__ import annotations

from datetime import date

import pytest

from services.portal import hours
from services.portal.answers import Availability, DayHours
from services.portal.forms import Form, Mistakes

KEPT = Availability.model_validate(
    {
        "weekly": [
            {"weekday": 0, "from": "14:00:00", "to": "18:00:00"},
            {"weekday": 0, "from": "09:00:00", "to": "11:30:00"},
            {"weekday": 6, "from": "00:00:00", "to": "23:59:59.999999"},
        ],
        "exceptions": [
            {"day": "2026-05-01", "available": False, "from": "00:00:00", "to": "23:59:59.999999"},
            {"day": "2026-04-30", "available": True, "from": "10:00:00", "to": "12:00:00"},
            {"day": "2026-03-01", "available": False},
        ],
    }
)
TODAY = date(2026, 4, 1)


def shown() -> Form:
    return Form(hours.week_of(KEPT.weekly) | hours.days_of(KEPT.exceptions, TODAY))


def test_what_is_shown_and_sent_as_it_stands_is_what_was_kept() -> None:
    assert hours.week_in(shown()) == [
        {"weekday": 0, "from": "09:00", "to": "11:30"},
        {"weekday": 0, "from": "14:00", "to": "18:00"},
        {"weekday": 6, "from": "00:00", "to": "23:59"},
    ]
    assert hours.days_in(shown()) == [
        {"day": "2026-04-30", "available": True, "from": "10:00", "to": "12:00"},
        {"day": "2026-05-01", "available": False},
    ]


def test_there_is_always_a_row_to_write_in() -> None:
    assert hours.rows(shown()) == {0: 3, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 2}
    assert hours.except_rows(shown()) == 4
    assert hours.except_rows(Form()) == 2


@pytest.mark.parametrize(("start", "end"), [("10:00", ""), ("", "10:00"), ("12:00", "10:00"), ("10:00", "x")])
def test_every_wrong_row_is_named(start: str, end: str) -> None:
    typed = Form({"from_0": ["09:00", start], "to_0": ["11:00", end], "from_4": [start], "to_4": [end]})
    with pytest.raises(Mistakes) as mistakes:
        hours.week_in(typed)
    assert mistakes.value.codes == {"hours_0_1": "hours_wrong", "hours_4_0": "hours_wrong"}


@pytest.mark.parametrize(
    ("day", "start", "end"), [("", "10:00", "12:00"), ("2026-05-01", "10:00", ""), ("1.5.", "", "")]
)
def test_a_day_that_differs_has_a_day_and_both_hours_or_neither(day: str, start: str, end: str) -> None:
    typed = Form({"except_day": ["", day], "except_from": ["", start], "except_to": ["", end]})
    with pytest.raises(Mistakes) as mistakes:
        hours.days_in(typed)
    assert mistakes.value.codes == {"except_1": "except_wrong"}


def test_a_shops_busiest_hours_are_shown_sent_and_marked_where_they_are_wrong() -> None:
    noon = DayHours.model_validate({"from": "11:00:00", "to": "13:30:00"})
    kept = Form(hours.busy_of([noon]))
    assert hours.busy_rows(kept) == 3
    assert hours.busy_in(kept) == [{"from": "11:00", "to": "13:30"}]
    with pytest.raises(Mistakes) as mistakes:
        hours.busy_in(Form({"busy_from": ["11:00", "17:00"], "busy_to": ["13:00", ""]}))
    assert mistakes.value.codes == {"busy_1": "hours_wrong"}
