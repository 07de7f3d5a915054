"""A line of a spreadsheet is one place, and a table knows how far it is."""

from __future__ import annotations

import pytest

from services.portal.entering import Line, Work
from services.portal.forms import Form

KINDS = {"flat": "unit", "房屋": "unit", "unit": "unit", "店铺": "shop"}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("房屋\t118弄3号101\t118弄3号", Line("unit", "118弄3号101", "118弄3号")),
        ("Flat, 3-101", Line("unit", "3-101")),
        ("店铺\t夜猫，小酒馆\t118弄3号\tbar", Line("shop", "夜猫，小酒馆", "118弄3号", "bar")),
        ("店铺，山北路2号，118弄3号，bar", Line("shop", "山北路2号", "118弄3号", "bar")),
        ("118弄3号101", None),
        ("房屋,", None),
        ("house,118弄3号101", None),
        ("店铺,山北路2号,118弄3号,bar,7", None),
    ],
)
def test_a_line_is_a_place_or_none(written: str, place: Line | None) -> None:
    assert Line.read(written, KINDS) == place


def test_every_line_is_entered_there_or_refused() -> None:
    work = Work(("a", "b", "c", "d")).has_entered().was_there().was_refused("No.")
    assert work == Work(("d",), 1, 1, (("c", "No."),))
    assert (work.done, work.total) == (3, 4)


def test_the_page_carries_it_on() -> None:
    fields = {
        "rows": ["d\n\n e"],
        "entered": ["1"],
        "there": ["x"],
        "refused": ["b\nc"],
        "why": ["No.\nNor this."],
    }
    assert Work.of(Form(fields)) == Work(("d", " e"), 1, 0, (("b", "No."), ("c", "Nor this.")))
