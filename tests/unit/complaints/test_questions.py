"""Which answers fit which questions; what is not asked or does not fit is named, and nothing must be answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.complaints.categories import catalogue
from services.complaints.questions import Option, Question, require_answers
from shared.errors import Invalid

TWO = [Option(code="a", zh="甲", en="A"), Option(code="b", zh="乙", en="B")]


def question(kind: str, **more: Any) -> Question:
    return Question(code="it", type=kind, zh="问题", en="Question", **more)


CHOICE = question("choice", options=TWO)
SEVERAL = question("choice", options=TWO, multiple=True)
NUMBER = question("number", least=0, most=140, unit="dB(A)")
TEXT, BOOL, RANGE = question("text"), question("bool"), question("time_range")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (CHOICE, "a"),
        (SEVERAL, ["b", "a"]),
        (NUMBER, 0),
        (NUMBER, 54.5),
        (TEXT, "低音炮"),
        (TEXT, "x" * 500),
        (BOOL, False),
        (RANGE, {"from": "22:00", "to": "02:30"}),
    ],
)
def test_an_answer_that_fits_is_taken(asked, answer):
    require_answers((asked,), {"it": answer})


@pytest.mark.parametrize(
    ("asked", "answer", "why"),
    [
        (CHOICE, "c", "answer_not_offered"),
        (CHOICE, ["a"], "answer_not_offered"),
        (SEVERAL, "a", "answer_not_offered"),
        (SEVERAL, [], "answer_not_offered"),
        (SEVERAL, ["a", "a"], "answer_not_offered"),
        (SEVERAL, [["a"]], "answer_not_offered"),
        (NUMBER, "54", "answer_not_a_number"),
        (NUMBER, True, "answer_not_a_number"),
        (NUMBER, 141, "answer_out_of_range"),
        (NUMBER, -0.1, "answer_out_of_range"),
        (NUMBER, float("nan"), "answer_out_of_range"),
        (TEXT, " ", "answer_not_a_text"),
        (TEXT, "a\0", "answer_not_a_text"),
        (TEXT, 3, "answer_not_a_text"),
        (TEXT, "x" * 501, "answer_too_long"),
        (BOOL, 1, "answer_not_yes_or_no"),
        (BOOL, None, "answer_not_yes_or_no"),
        (RANGE, {"from": "22:00"}, "answer_not_a_time_range"),
        (RANGE, {"from": "22:00", "to": "24:00"}, "answer_not_a_time_range"),
        (RANGE, "22:00-02:00", "answer_not_a_time_range"),
    ],
)
def test_an_answer_that_does_not_fit_is_named(asked, answer, why):
    with pytest.raises(Invalid) as invalid:
        require_answers((asked,), {"it": answer})
    assert (invalid.value.field, invalid.value.code) == ("/details/it", why)


def test_what_nobody_asked_is_not_kept():
    with pytest.raises(Invalid) as invalid:
        require_answers((TEXT,), {"a/b": "x"})
    assert (invalid.value.field, invalid.value.code) == ("/details/a~1b", "question_unknown")


@pytest.mark.parametrize("row", catalogue().subcategories, ids=lambda row: row.code)
def test_no_question_must_be_answered(row):
    require_answers(row.questions, {})


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("choice", {}),
        ("choice", {"options": [*TWO, *TWO]}),
        ("text", {"options": TWO}),
        ("bool", {"multiple": True}),
        ("text", {"unit": "m"}),
        ("somehow", {}),
    ],
)
def test_a_question_has_what_belongs_to_its_type(kind, more):
    with pytest.raises(ValidationError):
        question(kind, **more)


def answers_to(asked: Question) -> st.SearchStrategy[Any]:
    match asked.type:
        case "choice" if asked.multiple:
            return st.lists(st.sampled_from(sorted(asked.offered)), min_size=1, unique=True)
        case "choice":
            return st.sampled_from(sorted(asked.offered))
        case "number":
            return st.floats(asked.least, asked.most)
        case "bool":
            return st.booleans()
        case "time_range":
            times = st.times().map(lambda time: f"{time:%H:%M}")
            return st.fixed_dictionaries({"from": times, "to": times})
        case _:
            return st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=500).filter(
                str.strip
            )


ROWS = st.sampled_from(catalogue().subcategories)


@given(st.data())
def test_whatever_fits_is_taken_and_kept_as_it_was_said(data):
    row = data.draw(ROWS)
    asked = data.draw(st.lists(st.sampled_from(row.questions), unique_by=lambda one: one.code))
    details = {one.code: data.draw(answers_to(one)) for one in asked}
    require_answers(row.questions, details)
    assert json.loads(json.dumps(details)) == details
    for one in asked:
        for language in ("zh-CN", "en"):
            assert one.said(details[one.code], language)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(ROWS, st.data(), JSON)
def test_any_answer_is_taken_or_refused_by_name(row, data, answer):
    asked = data.draw(st.sampled_from(row.questions))
    if asked.fault(answer) is None:
        assert asked.said(answer, "en")
    else:
        with pytest.raises(Invalid, match="answer_"):
            require_answers(row.questions, {asked.code: answer})
