"""What a mediation waits for from one person: nobody else's word, and none that cannot be given now."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

import pytest

from services.mediation import commands as asked
from services.mediation.views.waiting import GIVEN_BY, Wait, waits_for
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    AGREEMENT,
    ALLIANCE,
    FENG,
    GU,
    HOME,
    MEDIATION,
    SHOP,
    SHUT_DOOR,
    ZHOU,
    Story,
    a_mediation,
    an_amendment,
    answers,
)

PROOF = asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")


def waits(story: Story, *people: UUID) -> dict[UUID, list[Wait]]:
    asked_for = {
        who: waits_for(an_actor(member_id=who, alliance_id=ALLIANCE), story.state, story.now)  # type: ignore[arg-type]
        for who in people or (HOME, SHOP, GU)
    }
    return {who: words for who, words in asked_for.items() if words}


def test_a_yes_or_no_to_mediation_until_it_is_given() -> None:
    opened = a_mediation()
    assert waits(opened) == {HOME: ["consent"], SHOP: ["consent"]}
    assert waits(opened.do(asked.Consent(MEDIATION, SHOP))) == {HOME: ["consent"]}
    assert waits(opened.do(asked.RefuseMediation(MEDIATION, SHOP))) == {}


def test_times_until_they_are_answered() -> None:
    offered = a_mediation().offered()
    assert waits(offered) == {HOME: ["slots"], SHOP: ["slots"]}
    assert waits(offered.do(answers(HOME, "yes"))) == {SHOP: ["slots"]}
    assert waits(a_mediation().scheduled()) == {}


def test_a_yes_to_a_guest_and_then_the_guests_own() -> None:
    half = a_mediation().led().invited(HOME)
    assert waits(half, HOME, SHOP, FENG) == {SHOP: ["guest"]}
    agreed = a_mediation().led().invited(HOME, SHOP)
    assert waits(agreed, HOME, SHOP, FENG) == {FENG: ["invitation"]}
    assert waits(a_mediation().led().guest_comes(), HOME, SHOP, FENG) == {}


def test_once_the_session_has_begun_nobody_is_asked_about_a_guest() -> None:
    invited = a_mediation().scheduled().invited(HOME)
    assert waits(invited) == {SHOP: ["guest"]}
    assert waits(invited.later(days=4, hours=2)) == {}


def test_after_absences_the_side_that_came_chooses() -> None:
    assert waits(a_mediation().missed_twice()) == {HOME: ["choice"]}


def test_a_signature_and_then_the_marks_are_others() -> None:
    drafted = a_mediation().drafted()
    assert waits(drafted) == {HOME: ["signature"], SHOP: ["signature"]}
    assert waits(drafted.do(drafted.sign(SHOP))) == {HOME: ["signature"]}
    assert waits(a_mediation().signed()) == {}


def test_of_a_group_each_ones_own_yes_or_no() -> None:
    assert waits(a_mediation().drafted(group=(FENG,)), FENG) == {FENG: ["opt_in"]}


def test_what_was_promised_and_then_whether_it_was_done() -> None:
    effective = a_mediation().in_effect()
    assert waits(effective)[SHOP] == ["performance"]
    assert "confirmation" not in waits(effective).get(HOME, [])
    proven = waits(effective.do(PROOF))
    assert "performance" not in proven.get(SHOP, [])
    assert "confirmation" in proven[HOME]


def test_a_change_offered_is_signed_beside_what_is_owed() -> None:
    assert waits(a_mediation().in_effect().do(an_amendment()))[SHOP] == ["signature", "performance"]


def test_once_one_has_asked_the_court_whether_the_others_do() -> None:
    one_asked = a_mediation().in_effect().do(asked.AskCourt(MEDIATION, AGREEMENT, SHOP))
    assert "court" in waits(one_asked)[HOME]
    assert waits(one_asked)[SHOP] == ["performance"]
    assert "court" not in waits(one_asked.later(days=60))[HOME]
    assert "court" not in waits(a_mediation().in_effect().asked_court()).get(HOME, [])


@pytest.mark.parametrize("who", [ZHOU, GU])
def test_committee_and_mediator_owe_no_partys_word(who: UUID) -> None:
    for story in (a_mediation(), a_mediation().offered(), a_mediation().drafted(), a_mediation().in_effect()):
        assert waits(story, who) == {}


def test_every_word_is_given_by_a_step() -> None:
    words = {word for part in get_args(Wait) for word in (get_args(part) or (part,))}
    assert set(GIVEN_BY) == words
    assert set(GIVEN_BY.values()) <= set(asked.NAMES.values())
