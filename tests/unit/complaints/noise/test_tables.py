"""Every cell of tables 1 to 3 of GB 22337-2008, written out a second time, judged one dB around it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from services.complaints.noise import judge
from services.complaints.noise.reading import BandLevel
from services.complaints.noise.table import limits
from tests.unit.complaints.noise.readings import DAY, NIGHT, a_reading

HOURS = {"day": DAY, "night": NIGHT}

TABLE_1 = """
0 50 40
1 55 45
2 60 50
3 65 55
4 70 55
"""

#            A day, A night, B day, B night
TABLE_2 = """
0 40 30 40 30
1 40 30 45 35
2 45 35 50 40
3 45 35 50 40
4 45 35 50 40
"""

TABLE_3 = """
0 day   A 76 59 48 39 34
0 day   B 76 59 48 39 34
0 night A 69 51 39 30 24
0 night B 69 51 39 30 24
1 day   A 76 59 48 39 34
1 day   B 79 63 52 44 38
1 night A 69 51 39 30 24
1 night B 72 55 43 35 29
2 day   A 79 63 52 44 38
2 day   B 82 67 56 49 43
2 night A 72 55 43 35 29
2 night B 76 59 48 39 34
3 day   A 79 63 52 44 38
3 day   B 82 67 56 49 43
3 night A 72 55 43 35 29
3 night B 76 59 48 39 34
4 day   A 79 63 52 44 38
4 day   B 82 67 56 49 43
4 night A 72 55 43 35 29
4 night B 76 59 48 39 34
"""
BANDS = ("31.5", "63", "125", "250", "500")


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


CELLS_1 = [(zone, "day", int(day)) for zone, day, _ in rows(TABLE_1)]
CELLS_1 += [(zone, "night", int(night)) for zone, _, night in rows(TABLE_1)]
CELLS_2 = [
    (zone, period, room, int(cells[index]))
    for zone, *cells in rows(TABLE_2)
    for index, (room, period) in enumerate(product("AB", ("day", "night")))
]
CELLS_3 = [
    (zone, period, room, hz, int(cell))
    for zone, period, room, *cells in rows(TABLE_3)
    for hz, cell in zip(BANDS, cells, strict=True)
]


@pytest.mark.parametrize(("zone", "period", "limit"), CELLS_1)
@pytest.mark.parametrize(
    ("branch", "less", "where"),
    [
        ("at_boundary", 0, {"point": "boundary", "boundary_m": 1}),
        ("near_boundary", 10, {"point": "indoors_windows_open", "boundary_m": "0.99"}),
        (
            "boundary_not_measurable",
            0,
            {"point": "outside_window", "boundary_m": 3, "boundary_measurable": False},
        ),
    ],
)
def test_table_1(zone, period, limit, *, branch, less, where):
    limit -= less
    reading = a_reading(zone_class=zone, measured_at=HOURS[period], background_db=0, **where)

    at, above = (judge(a_reading(reading, level_db=level)) for level in (limit, limit + 1))

    assert (at.branch, at.deciding.limit_db, at.outcome) == (branch, limit, "complies")
    assert (above.outcome, above.deciding.margin_db) == ("exceeds", 1)
    assert above.rule.table == "1"


def structure_borne(zone, period, room, **more):
    return a_reading(
        through_structure=True,
        point="indoors_windows_closed",
        source="compressor",
        zone_class=zone,
        measured_at=HOURS[period],
        room=room,
        **{"background_db": 0, "level_db": 25, **more},
    )


def quiet_bands(**louder):
    return tuple(BandLevel(hz, Decimal(louder.get(f"hz{hz}", 20)), Decimal(0)) for hz in BANDS)


@pytest.mark.parametrize(("zone", "period", "room", "limit"), CELLS_2)
def test_table_2(zone, period, room, limit):
    reading = structure_borne(zone, period, room, bands=quiet_bands())

    at, above = (judge(a_reading(reading, level_db=level)) for level in (limit, limit + 1))

    assert (at.branch, at.outcome) == ("through_structure", "complies")
    assert (above.outcome, above.deciding.quantity, above.deciding.margin_db) == ("exceeds", "L_Aeq", 1)
    assert above.rule.clause == "4.2"


@pytest.mark.parametrize(("zone", "period", "room", "hz", "limit"), CELLS_3)
def test_table_3(zone, period, room, hz, limit):
    at, above = (
        judge(structure_borne(zone, period, room, bands=quiet_bands(**{f"hz{hz}": level})))
        for level in (limit, limit + 1)
    )

    assert at.outcome == "complies"
    assert (above.outcome, above.deciding.quantity) == ("exceeds", hz)


def test_all_cells_are_there():
    assert (len(CELLS_1), len(CELLS_2), len(CELLS_3)) == (10, 20, 100)
    assert limits().effective_from == date(2008, 10, 1)


#                    difference, taken off
CORRECTIONS = [("3", 3), ("3.4", 3), ("3.5", 2), ("4", 2), ("5.4", 2), ("5.5", 1), ("6", 1), ("10", 1)]
CORRECTIONS += [("10.1", 0), ("30", 0)]


@pytest.mark.parametrize(("difference", "taken_off"), CORRECTIONS)
def test_the_background_is_taken_off_by_the_whole_difference(difference, taken_off):
    level = Decimal(60)
    verdict = judge(a_reading(level_db=level, background_db=level - Decimal(difference)))
    assert verdict.deciding.correction_db == taken_off
    assert verdict.deciding.corrected_db == 60 - taken_off


@pytest.mark.parametrize("difference", ["2.9", "2.5", "0", "-4"])
def test_a_background_too_near_decides_nothing_unless_the_level_is_under_the_limit(difference):
    above = judge(a_reading(level_db=51, background_db=51 - Decimal(difference)))
    under = judge(a_reading(level_db="49.8", background_db=Decimal("49.8") - Decimal(difference)))
    assert (above.outcome, above.reasons) == ("cannot_decide", ("background_too_high",))
    assert under.outcome == "complies"


@pytest.mark.parametrize(("level", "outcome"), [("49.8", "complies"), ("50", "cannot_decide")])
def test_without_background_only_a_level_under_the_limit_is_decided(level, outcome):
    assert judge(a_reading(level_db=level, background_db=None)).outcome == outcome


@pytest.mark.parametrize(("level", "rounded"), [("50.5", 50), ("51.5", 52), ("50.51", 51), ("52.6", 53)])
def test_half_goes_to_the_even_number_and_once_only(level, rounded):
    assert judge(a_reading(level_db=level, background_db=10)).deciding.corrected_db == rounded


def test_the_worked_example_of_the_standard():
    verdict = judge(a_reading(level_db="54.6", background_db="49.2"))
    found = verdict.deciding
    assert (found.correction_db, found.corrected_db, found.limit_db, found.margin_db) == (2, 53, 50, 3)
    assert verdict.outcome == "exceeds"
