"""The three rates: what counts, what is left out and why, and what the public is not shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.clocks import ClockState
from services.complaints.decisions.state import Pledge
from services.complaints.figures import (
    SMALL,
    CaseFacts,
    Dimension,
    Performance,
    Rate,
    Survey,
    by,
    figures_of,
    performance_of_settled,
    performed,
    responded,
    satisfied,
    solved,
    suppressed,
)
from services.complaints.terms import Outcome, PledgeStatus
from services.complaints.views import figure_page, figure_table

A_CASE = CaseFacts(date(2026, 3, 12), "noise", "bar_music", "web", "met")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)

CASES = st.builds(
    CaseFacts,
    filed_on=st.dates(FIRST, LAST),
    category=st.sampled_from(["noise", "sanitation"]),
    subcategory=st.sampled_from(["bar_music", "pests"]),
    channel=st.sampled_from(["web", "ledger"]),
    triage=st.sampled_from(get_args(ClockState)),
    ended_as=st.sampled_from([None, "joined", *get_args(Outcome)]),
    block_id=st.sampled_from([None, UUID(int=1), UUID(int=2)]),
    asked=st.integers(0, 2),
    answers=st.lists(st.builds(Survey, st.booleans(), st.integers(1, 5)), max_size=2).map(tuple),
    commitments=st.sampled_from([None, "to_be_confirmed", *get_args(ClockState)]),
)


class TestResponded:
    @pytest.mark.parametrize(
        ("triage", "verdict"),
        [
            ("met", True),
            ("missed", False),
            ("stopped", "withdrawn"),
            ("running", "still_running"),
            ("paused", "still_running"),
        ],
    )
    def test_it_is_a_position_taken_within_the_triage_clock(self, triage: Any, verdict: object):
        assert responded(replace(A_CASE, triage=triage)) == verdict

    def test_a_case_taken_over_from_a_ledger_is_left_out(self):
        assert responded(replace(A_CASE, channel="ledger")) == "taken_over"


class TestSolvedAndSatisfied:
    def test_only_who_was_called_back_and_answered_counts(self):
        assert solved(A_CASE) == "still_running"
        assert solved(replace(A_CASE, asked=1)) == "not_answered"
        assert solved(replace(A_CASE, ended_as="withdrawn")) == "withdrawn"
        assert solved(replace(A_CASE, ended_as="joined")) == "joined"

    def test_a_withdrawn_case_is_never_solved(self):
        assert figures_of([replace(A_CASE, ended_as="withdrawn")]).solved == Rate(0, 0, {"withdrawn": 1})

    def test_one_of_two_complainants_who_says_no_makes_it_unsolved(self):
        both = replace(A_CASE, asked=2, answers=(Survey(True, 5), Survey(False, 4)))
        assert solved(both) is False
        assert satisfied(both) is True

    @pytest.mark.parametrize(("score", "content"), [(1, False), (3, False), (4, True), (5, True)])
    def test_satisfied_begins_at_four(self, score: int, content: bool):
        assert satisfied(replace(A_CASE, asked=1, answers=(Survey(True, score),))) is content


@pytest.mark.parametrize(
    ("commitments", "verdict"),
    [
        (None, "without_agreement"),
        ("running", "still_running"),
        ("met", True),
        ("missed", False),
        ("stopped", "debtor_left"),
        ("to_be_confirmed", "to_be_confirmed"),
    ],
)
def test_an_agreement_is_performed_when_all_was_confirmed_by_its_last_day(commitments: Any, verdict: object):
    assert performed(replace(A_CASE, commitments=commitments)) == verdict


ON_THE_DAY, THE_DAY_AFTER = date(2026, 3, 20), date(2026, 3, 21)


def settled(status: PledgeStatus, *, missed: bool = False) -> Pledge:
    return Pledge(uuid4(), None, ON_THE_DAY, status, missed, owed_by="respondent")


@pytest.mark.parametrize(
    ("pledges", "today", "performance"),
    [
        ((), THE_DAY_AFTER, None),
        ((Pledge(uuid4(), uuid4(), ON_THE_DAY, "confirmed"),), THE_DAY_AFTER, None),
        ((settled("wanted"), settled("confirmed")), ON_THE_DAY, "running"),
        ((settled("wanted"), settled("confirmed")), THE_DAY_AFTER, "missed"),
        ((settled("disputed"), settled("confirmed")), THE_DAY_AFTER, "running"),
        ((settled("proven"), settled("confirmed")), ON_THE_DAY, "running"),
        ((settled("proven"), settled("confirmed")), THE_DAY_AFTER, "to_be_confirmed"),
        ((settled("confirmed"), settled("confirmed")), THE_DAY_AFTER, "met"),
        ((settled("confirmed", missed=True), settled("confirmed")), THE_DAY_AFTER, "missed"),
        ((settled("lapsed"), settled("confirmed")), THE_DAY_AFTER, "missed"),
    ],
)
def test_what_both_sides_settled_counts_as_an_agreement_and_a_pledge_of_one_side_does_not(
    pledges: tuple[Pledge, ...], today: date, performance: Performance | None
):
    assert performance_of_settled(pledges, today) == performance


class TestRates:
    @given(st.lists(CASES, max_size=30))
    def test_counted_and_left_out_add_up_to_the_cases(self, cases: list[CaseFacts]):
        figures = figures_of(cases)
        for rate in (figures.responded, figures.solved, figures.satisfied, figures.performed):
            assert 0 <= rate.met <= rate.counted
            assert rate.counted + sum(rate.excluded.values()) == len(cases)

    @given(st.lists(CASES, max_size=30), st.sampled_from(get_args(Dimension)))
    def test_groups_lose_and_double_no_case(self, cases: list[CaseFacts], dimension: Dimension):
        groups = by(dimension, cases)
        assert sum(len(members) for members in groups.values()) == len(cases)
        assert list(groups) == sorted(groups)

    def test_cases_of_one_conflict_are_counted_once(self):
        first, second = UUID(int=1), UUID(int=2)
        cases = [replace(A_CASE, conflict=one) for one in (first, first, second)]
        assert (figures_of(cases).cases, figures_of(cases).conflicts) == (3, 2)

    def test_nothing_counted_has_no_value(self):
        assert Rate().value is None
        assert Rate(1, 3).value == 0.3333


class TestWhatWasNotKept:
    """Promises are counted, and beside them those that were kept in the end through the court station."""

    CASES = (replace(A_CASE, broken=2, restored=2), replace(A_CASE, broken=1))

    def test_broken_and_restored_are_counted_by_promise(self):
        figures = figures_of(self.CASES)
        assert (figures.broken, figures.restored) == (3, 2)

    @pytest.mark.parametrize("dimension", get_args(Dimension))
    def test_no_list_is_made_of_which_shop_broke_one(self, dimension: Dimension):
        [group] = figure_page(self.CASES, FIRST, LAST, dimension, shows_small=True).groups
        assert group.figures is not None
        expected = (None, None) if dimension in ("place", "building") else (3, 2)
        assert (group.figures.broken, group.figures.restored) == expected

    @pytest.mark.parametrize("dimension", get_args(Dimension))
    def test_nor_of_where_an_agreement_was_not_performed(self, dimension: Dimension):
        page = figure_page([replace(A_CASE, commitments="missed")], FIRST, LAST, dimension, shows_small=True)
        [group] = page.groups
        assert group.figures is not None
        performed, row = group.figures.performed, figure_table(page, "en").splitlines()[1]
        if dimension in ("place", "building"):
            assert (performed.met, performed.counted, performed.excluded) == (0, 0, {"withheld": 1})
            assert ",,0,0,withheld=1," in row
        else:
            assert (performed.met, performed.counted, performed.excluded) == (0, 1, {})

    def test_the_table_ends_with_them(self):
        table = figure_table(figure_page(self.CASES, FIRST, LAST, "month", shows_small=True), "zh-CN")
        head, _, total = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
        assert dict(zip(head, total, strict=True))["未履行的承诺数"] == "3"
        assert total[-2:] == ["3", "2"]


class TestWhatThePublicIsNotShown:
    @given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=8))
    def test_no_small_group_is_shown_nor_can_be_worked_out(self, sizes: dict[str, int]):
        withheld = suppressed(sizes)
        assert all(key in withheld for key, size in sizes.items() if 0 < size < SMALL)
        shown = {key for key, size in sizes.items() if size and key not in withheld}
        if withheld and shown:
            assert sum(sizes[key] for key in withheld) >= SMALL

    def test_a_single_small_group_takes_the_next_smallest_with_it(self):
        assert suppressed({"a": 2, "b": 7, "c": 30}) == {"a", "b"}

    def test_staff_are_shown_all(self):
        page = figure_page([A_CASE], FIRST, LAST, "category", shows_small=True)
        assert page.total is not None
        assert page.groups[0].figures is not None

    def test_the_total_of_a_few_is_withheld_too(self):
        page = figure_page([A_CASE] * 4, FIRST, LAST, "category", shows_small=False)
        assert page.total is None
        assert page.groups[0].figures is None


def test_the_table_has_a_line_for_each_group_and_the_total():
    cases = [A_CASE] * 6 + [replace(A_CASE, category="sanitation")] * 7
    table = figure_table(figure_page(cases, FIRST, LAST, "category", shows_small=False), "zh-CN")
    assert table.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["分组", "noise", "sanitation", "合计"]
    assert [row[1] for row in rows[1:]] == ["6", "7", "13"]
    assert rows[0][2] == "响应率"
    assert rows[1][2:6] == ["1.0", "6", "6", ""]
