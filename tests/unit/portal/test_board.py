"""The bars of the public board, and what its figures are called."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.portal.board import CHART_HEIGHT, Board, Figures, Rate, bars, by_street

NOBODY = {"value": None, "met": 0, "counted": 0}


def figures(cases: int) -> dict[str, Any]:
    rates = dict.fromkeys(("responded", "solved", "satisfied", "performed"), NOBODY)
    return {"cases": cases, "open": 0, **rates}


def a_board(**months: int | None) -> Board:
    groups = [
        {"key": f"2026-{month[1:]}", "figures": None if cases is None else figures(cases)}
        for month, cases in months.items()
    ]
    return Board(
        since=date(2025, 12, 1),
        as_of=datetime(2026, 3, 31, 16, 30, tzinfo=UTC),
        total=None,
        months=groups,
        categories=(),
        blocks=(),
    )


def test_every_month_has_a_bar_also_one_without_cases_and_the_one_that_has_just_begun():
    drawn = bars(a_board(m01=5, m03=20))

    assert [bar.label for bar in drawn] == ["12", "1", "2", "3", "4"]
    assert [bar.cases for bar in drawn] == [0, 5, 0, 20, 0]


def test_the_highest_bar_fills_the_drawing_and_all_stand_on_one_line():
    drawn = bars(a_board(m01=5, m03=20))

    assert max(bar.height for bar in drawn) == CHART_HEIGHT
    assert {bar.y + bar.height for bar in drawn} == {CHART_HEIGHT}


def test_a_month_that_is_not_shown_has_no_height_to_be_measured():
    [_, january, *_] = bars(a_board(m01=None, m03=20))

    assert (january.cases, january.height) == (None, 0)


def test_a_rate_of_nobody_is_no_percentage():
    assert Rate(**NOBODY).percent is None
    assert Rate(value=0.9649, met=55, counted=57).percent == 96


def test_places_of_one_street_are_added_up_under_its_name():
    left_out = {"still_running": 1, "withdrawn": 1}
    rated = figures(4) | {"solved": {"value": 0.5, "met": 1, "counted": 2, "excluded": left_out}}
    rated |= {"methods": {"others_shoes": 1}}
    rows = [
        (name, Figures.model_validate(one))
        for name, one in (
            ("山北路116号 夜猫小酒馆", rated),
            ("山北路118号", rated),
            ("118弄3号501", figures(1)),
        )
    ]

    [(street, of_street), (lane, of_lane)] = by_street([*rows, ("山北路120号", None)])

    assert (street, of_street.cases, of_street.solved.percent) == ("山北路", 8, 50)
    assert (of_street.solved.met, of_street.solved.counted) == (2, 4)
    assert of_street.solved.excluded == {"still_running": 2, "withdrawn": 2}
    assert of_street.methods == {"others_shoes": 2}
    assert (lane, of_lane.cases, of_lane.solved.percent) == ("118弄", 1, None)
