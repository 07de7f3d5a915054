"""平等交流, 换位思考, 未能查实: both sides have the word, and the other says whether it was understood."""

from __future__ import annotations

import pytest

from services.mediation import commands as asked
from services.mediation import policy
from services.mediation.publish import contracts
from services.mediation.state import Dialogue, Finding, Restatement, Spoken, held_of
from shared.errors import NotFound, Refused
from tests.unit.mediation.stories import HOME, MEDIATION, NOON, SHOP, Story, a_mediation, an_id
from tests.unit.mediation.test_policy_and_publish import LIN, MA

RIGHT = asked.AnswerRestatement(MEDIATION, HOME, right=True)


def dialogue(story: Story) -> Dialogue:
    held = held_of(story.state)  # type: ignore[arg-type]
    assert held is not None
    return held.dialogue


def test_the_latest_log_of_who_spoke_how_long_holds():
    first = asked.LogExchange(MEDIATION, (Spoken("complainant", 20), Spoken("respondent", 2)))
    mended = asked.LogExchange(MEDIATION, (Spoken("complainant", 14), Spoken("respondent", 15)))
    assert dialogue(a_mediation().held().do(first, mended)).spoken == mended.spoken


def test_what_the_other_needs_is_right_when_the_other_says_so():
    story = a_mediation().held().restated().do(RIGHT)
    assert dialogue(story).restated == (Restatement("respondent", "老人要午睡", HOME, right=True),)
    with pytest.raises(Refused, match="nothing_restated"):
        story.do(RIGHT)


def test_nobody_calls_their_own_words_right():
    with pytest.raises(Refused, match="nothing_restated"):
        a_mediation().held().restated().do(asked.AnswerRestatement(MEDIATION, SHOP, right=True))
    with pytest.raises(NotFound):
        a_mediation().held().restated().do(asked.AnswerRestatement(MEDIATION, an_id(99), right=True))


def test_what_was_not_right_is_said_again():
    wrong = asked.AnswerRestatement(MEDIATION, HOME, right=False)
    story = a_mediation().held().restated().do(wrong).restated()
    assert [one.right for one in dialogue(story).restated] == [None]


def test_only_who_was_spoken_of_is_asked():
    story = a_mediation().held().restated()
    assert "restatements/answer" in policy.possible_for(LIN, story.state, NOON)  # type: ignore[arg-type]
    assert "restatements/answer" not in policy.possible_for(MA, story.state, NOON)  # type: ignore[arg-type]


def test_sides_heard_apart_restate_nothing_to_each_other():
    with pytest.raises(Refused, match="talks_apart"):
        a_mediation(hidden=True).held().restated()


def test_what_could_not_be_found_out_ends_nothing_and_outlives_the_agreement():
    finding = asked.RecordFinding(MEDIATION, "伞上的烟洞", established=False)
    story = a_mediation().drafted().do(finding)
    assert dialogue(story).findings == (Finding("伞上的烟洞", established=False),)
    signed = story.do(story.sign(HOME), story.sign(SHOP))
    assert dialogue(signed).findings == dialogue(story).findings


def test_no_word_of_it_leaves_the_service():
    story = a_mediation().held().restated().do(RIGHT)
    assert [one for event in story.last for one in contracts(story.state, event)] == []  # type: ignore[arg-type]
