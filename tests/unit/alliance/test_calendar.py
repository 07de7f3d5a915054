"""What an administrator may make of the working calendar."""

from __future__ import annotations

from datetime import date
from functools import reduce

import pytest

from services.alliance import publish
from services.alliance.commands import Day, EnterYear, SetDay
from services.alliance.decisions.calendar import Calendar, decide, evolve
from services.alliance.events import CalendarDaySet, CalendarYearEntered
from shared.contracts import alliance
from shared.errors import Invalid
from tests.support.tokens import ALLIANCE

NOTICE = "国办发明电〔2026〕X号"
MAY_FOURTH = Day(date(2027, 5, 4), "rests", NOTICE)
MAKE_UP = Day(date(2027, 5, 8), "works", NOTICE)


def after(*commands: SetDay | EnterYear) -> Calendar:
    state = Calendar()
    for command in commands:
        state = reduce(evolve, decide(state, command), state)
    return state


def test_a_day_is_set_once():
    said = CalendarDaySet(MAY_FOURTH.day, "rests", NOTICE)
    assert decide(Calendar(), SetDay(MAY_FOURTH)) == [said]
    assert decide(after(SetDay(MAY_FOURTH)), SetDay(MAY_FOURTH)) == []


def test_a_year_is_entered_after_its_days():
    assert decide(Calendar(), EnterYear(2027, (MAY_FOURTH, MAKE_UP))) == [
        CalendarDaySet(MAY_FOURTH.day, "rests", NOTICE),
        CalendarDaySet(MAKE_UP.day, "works", NOTICE),
        CalendarYearEntered(2027),
    ]


def test_a_day_left_out_when_the_year_is_entered_again_is_no_exception_any_more():
    state = after(EnterYear(2027, (MAY_FOURTH, MAKE_UP)))
    [back] = decide(state, EnterYear(2027, (MAY_FOURTH,)))
    assert (back.day, back.kind) == (MAKE_UP.day, "rests")


def test_other_years_are_not_touched():
    new_year = Day(date(2028, 1, 1), "rests", NOTICE)
    state = after(SetDay(new_year), EnterYear(2027, (MAY_FOURTH,)))
    assert state == Calendar({new_year.day: "rests", MAY_FOURTH.day: "rests"}, frozenset({2027}))


@pytest.mark.parametrize(
    ("days", "field", "code"),
    [
        ((MAY_FOURTH, Day(date(2028, 1, 1), "rests", NOTICE)), "/days/1/day", "day_of_another_year"),
        ((MAY_FOURTH, MAY_FOURTH), "/days/1/day", "day_named_twice"),
    ],
)
def test_what_is_wrong_is_named(days, field, code):
    with pytest.raises(Invalid) as invalid:
        decide(Calendar(), EnterYear(2027, days))
    assert (invalid.value.field, invalid.value.code) == (field, code)


def test_what_leaves_is_the_day_and_whether_it_works():
    day = date(2027, 5, 8)
    told = publish.of_calendar(ALLIANCE, CalendarDaySet(day, "works", NOTICE))
    assert told == [alliance.CalendarDaySet(alliance_id=ALLIANCE, day=day, works=True)]
    told = publish.of_calendar(ALLIANCE, CalendarYearEntered(2027))
    assert told == [alliance.CalendarYearEntered(alliance_id=ALLIANCE, year=2027)]
    assert told[0].key == ALLIANCE
