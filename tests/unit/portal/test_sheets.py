"""The table for a spreadsheet: a place that is called like a formula is shown, not reckoned with."""

from __future__ import annotations

import csv

import pytest

from services.portal.sheets import sheet


@pytest.mark.parametrize("name", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_given_a_place_called_like_a_formula_when_written_then_no_spreadsheet_takes_it_for_one(name: str):
    written = sheet("place", [(name, None)], None, say=lambda code, **_: code, word=lambda _, code: code)

    assert next(iter(list(csv.reader(written.splitlines(keepends=True)))[1:]))[0].startswith("'")
