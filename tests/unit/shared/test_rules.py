"""Which figure holds on a day, and which an alliance may set."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.complaints.rules import rule_table
from services.mediation.rules import table as mediation_table
from shared.charter.rules import OwnRule, Rule, RuleTable, counted
from shared.errors import Invalid, NotFound, Refused

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
SHE = UUID(int=7)


def shipped(
    figure: object, since: date, certainty: str = "L", unit: str = "working_days", **more: object
) -> Rule:
    row = ("answer", counted(figure, unit), unit, "tests", None, since, certainty)
    return TypeAdapter(Rule).validate_python(dict(zip(FIELDS, row, strict=True)) | more)


FIELDS = ("rule_id", "value", "unit", "source", "article", "effective_from", "certainty")
ALWAYS = date(2020, 1, 1)


def set_by_her(table: RuleTable, value: int | str, since: date) -> RuleTable:
    row = table.set(
        "answer", value, effective_from=since, source="the committee", by=SHE, at=NOW, today=TODAY
    )
    return table.with_own(row)


def value(table: RuleTable, on: date) -> int:
    return table.in_force("answer", on).value


def test_the_rule_of_the_day_counts():
    table = RuleTable((shipped(7, date(2027, 1, 1)), shipped(5, ALWAYS)))
    assert value(table, date(2026, 12, 31)) == 5
    assert value(table, date(2027, 1, 1)) == 7
    with pytest.raises(LookupError):
        table.in_force("answer", date(2019, 12, 31))


def test_an_alliances_row_holds_from_its_day_on():
    table = set_by_her(RuleTable((shipped(5, ALWAYS),)), 3, date(2026, 4, 1))
    assert value(table, date(2026, 3, 31)) == 5
    assert value(table, date(2026, 4, 1)) == 3
    row = table.in_force("answer", date(2026, 4, 1))
    assert isinstance(row, OwnRule)
    assert (row.set_by, row.set_at, row.source, row.unit) == (SHE, NOW, "the committee", "working_days")


def test_a_new_default_does_not_undo_what_the_alliance_set():
    table = set_by_her(RuleTable((shipped(5, ALWAYS), shipped(4, date(2027, 1, 1)))), 3, TODAY)
    assert value(table, date(2027, 1, 2)) == 3


def test_of_two_rows_for_one_day_the_later_word_counts():
    table = set_by_her(set_by_her(RuleTable((shipped(5, ALWAYS),)), 3, TODAY), 4, TODAY)
    assert value(table, TODAY) == 4
    assert [row.value for row in table.history("answer")] == [4, 3, 5]


@pytest.mark.parametrize("certainty", ["H", "M"])
def test_what_a_law_fixes_no_alliance_sets(certainty):
    with pytest.raises(Refused) as refused:
        set_by_her(RuleTable((shipped(5, ALWAYS, certainty),)), 9, TODAY)
    assert (refused.value.code, refused.value.data["source"]) == ("rule_is_law", "tests")


def test_a_law_that_comes_later_ends_what_the_alliance_set():
    table = set_by_her(RuleTable((shipped(5, ALWAYS), shipped(4, date(2027, 1, 1), "H"))), 9, TODAY)
    assert value(table, date(2026, 12, 31)) == 9
    assert value(table, date(2027, 1, 1)) == 4


def test_nothing_is_set_for_days_gone_by():
    table = RuleTable((shipped(5, ALWAYS),))
    with pytest.raises(Invalid) as invalid:
        set_by_her(table, 3, TODAY - timedelta(days=1))
    assert (invalid.value.field, invalid.value.code) == ("/effective_from", "day_is_past")


@pytest.mark.parametrize(("figure", "more"), [(0, {}), (251, {}), (4, {"least": 5}), (7, {"most": 6})])
def test_a_figure_keeps_its_bounds(figure, more):
    with pytest.raises(Invalid) as invalid:
        set_by_her(RuleTable((shipped(5, ALWAYS, **more),)), figure, TODAY)
    assert invalid.value.field == "/value"


def test_a_rule_there_is_not_cannot_be_set():
    with pytest.raises(NotFound):
        set_by_her(RuleTable(()), 3, TODAY)


def test_a_time_of_day_is_written_with_a_colon():
    row = shipped("22:05", ALWAYS, unit="time_of_day")
    assert (row.value, row.figure, row.written) == (1325, time(22, 5), "22:05")


def test_a_choice_is_written_by_its_word():
    table = set_by_her(RuleTable((shipped("this", ALWAYS, unit="this/that"),)), "that", TODAY)
    assert [row.written for row in table.history("answer")] == ["that", "this"]
    assert table.in_force("answer", TODAY).word == "that"


@pytest.mark.parametrize("written", ["neither", "this/that", 1, ""])
def test_nothing_else_can_be_chosen(written):
    with pytest.raises(Invalid) as invalid:
        set_by_her(RuleTable((shipped("this", ALWAYS, unit="this/that"),)), written, TODAY)
    assert (invalid.value.field, invalid.value.data["words"]) == ("/value", "this, that")


@pytest.mark.parametrize("written", ["22:05", "this", "3"])
def test_a_number_is_no_word_and_no_time_of_day(written):
    with pytest.raises(Invalid, match="figure_out_of_range"):
        set_by_her(RuleTable((shipped(5, ALWAYS),)), written, TODAY)


SETTINGS = st.lists(
    st.tuples(st.integers(1, 250), st.dates(TODAY, TODAY + timedelta(days=60))), min_size=1, max_size=8
)


@given(SETTINGS, st.dates(TODAY, TODAY + timedelta(days=90)))
def test_the_newest_row_that_has_begun_holds_whatever_the_order_of_setting(settings, on):
    table = RuleTable((shipped(5, ALWAYS),))
    for figure, since in settings:
        table = set_by_her(table, figure, since)
    begun = [(since, place, figure) for place, (figure, since) in enumerate(settings) if since <= on]
    assert value(table, on) == (max(begun)[2] if begun else 5)


@pytest.mark.parametrize("table", [rule_table(), mediation_table()], ids=["complaints", "mediation"])
def test_every_shipped_row_says_where_it_comes_from_and_keeps_its_own_bounds(table):
    for row in table.rows:
        assert row.source
        assert row.unit
        assert row.smallest <= row.value <= row.largest
