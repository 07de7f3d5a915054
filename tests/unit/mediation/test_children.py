"""A matter of a child: closed, and no paper says which child it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.mediation import commands as asked
from services.mediation.guidance import rights
from services.mediation.state import Promise
from shared.errors import Invalid
from tests.unit.mediation.stories import MEDIATION, PROMISES, Story, a_draft, a_mediation, an_opening


def of_a_child() -> Story:
    return Story().do(replace(an_opening(hidden=True), minor=True))


def test_nobody_is_offered_an_open_session():
    assert "right_open_or_closed" in rights(a_mediation().state.matter)
    closed = rights(of_a_child().state.matter)
    assert "right_open_or_closed" not in closed
    assert len(closed) == 4


@pytest.mark.parametrize("text", ["赵家13岁的孩子道歉", "初中生写了道歉信", "The 13 years old said sorry"])
def test_minutes_name_no_age_and_no_school(text: str):
    with pytest.raises(Invalid, match="tells_of_a_child"):
        of_a_child().begun().do(asked.WriteMinutes(MEDIATION, text))
    a_mediation().begun().do(asked.WriteMinutes(MEDIATION, text))


def test_minutes_speak_of_a_child_of_the_home():
    of_a_child().begun().do(asked.WriteMinutes(MEDIATION, "住户方子女写了道歉信,由志愿者代读。"))


def test_nor_does_what_is_agreed():
    telling: Promise = replace(PROMISES[0], what="中学生考试期间音响20点关")
    with pytest.raises(Invalid, match="tells_of_a_child"):
        of_a_child().held().do(a_draft(promises=(telling,)))
