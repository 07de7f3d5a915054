"""Work records and the rungs of governance a case stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from services.complaints import commands as c
from services.complaints.decisions.state import (
    Acting,
    AwaitingTriage,
    Closed,
    Deliberating,
    Filed,
    Supervised,
    Surveyed,
)
from services.complaints.decisions.working import rungs_of
from services.complaints.sentences import TEXTS, word
from services.complaints.terms import RUNGS, Method
from shared.errors import Invalid
from shared.texts import LANGUAGES
from tests.unit.complaints.cases import CASE, EXAMPLES, a, after, events_of


class TestRungs:
    def test_a_case_nobody_has_talked_about_stands_on_none(self):
        assert rungs_of(a(AwaitingTriage)) == ()

    @pytest.mark.parametrize("state", [Acting, Supervised, Surveyed])
    def test_an_agreement_in_force_is_law_reached_together(self, state: type[Filed]):
        in_mediation = after(a(Deliberating), *EXAMPLES[c.NoteMediation])
        assert rungs_of(in_mediation) == ("together",)
        assert "law" in rungs_of(a(state))

    def test_a_referral_is_law_even_after_it_came_back(self):
        referred = after(a(Deliberating), *EXAMPLES[c.ReferCase])
        assert "law" in rungs_of(referred)
        assert "law" in rungs_of(after(referred, *EXAMPLES[c.ReturnCase]))

    def test_a_record_adds_the_rung_it_names_and_keeps_the_order_of_the_rungs(self):
        case = a(Deliberating)
        for rung in reversed(RUNGS):
            case = after(case, c.RecordWork(CASE, (), (rung,), "谈过"), "mediator")
        assert rungs_of(case) == RUNGS

    def test_a_side_named_without_its_words_has_said_nothing(self):
        empty = c.RecordWork(CASE, (), (), "问过本人", said_by="complainant")
        with pytest.raises(Invalid, match="field_missing"):
            events_of(a(Deliberating), empty, "building_captain")
        said = replace(empty, said="好了好了")
        [recorded] = events_of(a(Deliberating), said, "building_captain")
        assert (recorded.said, recorded.said_by) == ("好了好了", "complainant")

    def test_what_a_record_said_stays_with_the_closed_case(self):
        closed = after(a(Closed), c.RecordWork(CASE, ("persistence",), ("virtue",), "回头看"), "coordinator")
        assert isinstance(closed, Closed)
        assert "virtue" in rungs_of(closed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_the_ten_methods_has_a_name_and_a_prompt(language):
    methods = get_args(Method)
    assert len(methods) == 10
    assert len({word(method, language) for method in methods}) == 10
    assert len({TEXTS(f"prompt_{method}", language) for method in methods}) == 10
