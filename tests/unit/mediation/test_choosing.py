"""Accepting and declining a mediator, declaring a tie, and stopping when one comes to light."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.state import (
    Asked,
    ChoosingMediator,
    Relation,
    candidate_of,
    mediator_of,
    minutes_of,
    session_of,
)
from services.mediation.views.mediation import mediation_view
from shared.errors import NotFound, NotNow, Refused
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    ALLIANCE,
    GU,
    HAN,
    HOME,
    MEDIATION,
    SESSION,
    SHEN,
    SHOP,
    ZHOU,
    Story,
    a_draft,
    a_mediation,
    answers,
)


def proposed(mediator: object = GU, *, by: object = None) -> Story:
    return a_mediation().consented().do(asked.NominateMediator(MEDIATION, mediator, frozenset(), by))


def accept(party: object) -> asked.AcceptMediator:
    return asked.AcceptMediator(MEDIATION, party)


def decline(party: object, substitute: object = None) -> asked.DeclineMediator:
    return asked.DeclineMediator(MEDIATION, party, substitute)


def stop(by: object = SHOP, substitute: object = None) -> asked.StopForConflict:
    return asked.StopForConflict(MEDIATION, by, "调解员是房东的哥哥", substitute)


def accepted(story: Story) -> set[object]:
    return set(story.state.matter.accepted(candidate_of(story.state)))


class TestAccepting:
    def test_one_partys_yes_is_their_own(self):
        story = proposed().do(accept(HOME))
        assert story.last == (happened.MediatorAccepted(GU, HOME),)
        assert accepted(story) == {HOME}
        assert accepted(story.do(accept(SHOP))) == {HOME, SHOP}

    def test_saying_it_twice_changes_nothing(self):
        assert proposed().do(accept(HOME), accept(HOME)).last == ()

    def test_nobody_else_accepts(self):
        with pytest.raises(NotFound):
            proposed().do(accept(HAN))

    def test_there_must_be_somebody_to_accept(self):
        for command in (accept(HOME), decline(HOME)):
            with pytest.raises(Refused, match="nobody_proposed"):
                a_mediation().consented().do(command)

    def test_who_names_a_mediator_accepts_them_and_nobody_else_does_by_it(self):
        assert accepted(proposed(by=HOME)) == {HOME}
        assert accepted(proposed().do(asked.NominateMediator(MEDIATION, GU, frozenset(), SHOP))) == {SHOP}
        assert accepted(proposed()) == set()

    def test_a_yes_to_one_is_none_to_the_next(self):
        story = proposed().do(accept(HOME), asked.NominateMediator(MEDIATION, HAN, frozenset()))
        assert accepted(story) == set()

    def test_missing_answers_keep_nobody_from_taking_it(self):
        assert mediator_of(proposed().do(asked.TakeMediation(MEDIATION, GU, frozenset())).state) == GU

    def test_an_answer_to_a_mediators_times_accepts_them(self):
        story = a_mediation().offered()
        assert accepted(story) == set()
        assert accepted(story.do(answers(HOME, "no"))) == {HOME}


class TestDeclining:
    @pytest.mark.parametrize("reached", [proposed, a_mediation().led, a_mediation().offered])
    def test_the_next_one_is_asked(self, reached):
        story = reached().do(decline(HOME, HAN))
        assert story.last == (happened.MediatorDeclined(GU, HOME), happened.MediatorProposed(HAN))
        assert isinstance(story.state, ChoosingMediator)
        assert story.state.proposed == HAN

    def test_who_was_declined_can_never_lead(self):
        story = proposed().do(accept(SHOP), decline(HOME))
        with pytest.raises(NotFound):
            story.do(asked.TakeMediation(MEDIATION, GU, frozenset()))
        with pytest.raises(Refused, match="mediator_passed"):
            story.do(asked.NominateMediator(MEDIATION, GU, frozenset()))

    def test_a_session_that_was_fixed_is_called_off(self):
        story = a_mediation().scheduled().do(decline(SHOP))
        assert [type(event) for event in story.last] == [
            happened.SessionCancelled,
            happened.MediatorDeclined,
        ]

    def test_once_the_session_has_begun_it_is_stopped_or_ended_instead(self):
        with pytest.raises(Refused, match="session_begun"):
            a_mediation().begun().do(decline(SHOP))

    def test_nobody_else_declines(self):
        with pytest.raises(NotFound):
            proposed().do(decline(HAN))

    def test_only_the_committee_sees_through_whom(self):
        story = proposed().do(decline(HOME, HAN))
        for who, told in ((HOME, []), (SHOP, []), (ZHOU, [HOME])):
            roles = ("coordinator",) if who == ZHOU else ()
            reader = an_actor(*roles, member_id=who, alliance_id=ALLIANCE)
            view = mediation_view(reader, story.state, story.now, "zh-CN")
            assert [one.by for one in view.mediators_asked if one.left] == told


class TestDeclaring:
    @pytest.mark.parametrize("relation", set(get_args(Relation)) - {"none"})
    def test_any_tie_makes_room_for_the_next(self, relation):
        story = proposed().do(asked.TakeMediation(MEDIATION, GU, frozenset(), relation, HAN))
        assert story.last == (happened.MediatorSteppedAside(GU, relation), happened.MediatorProposed(HAN))
        assert story.state.matter.asked[0] == Asked(GU, declared=relation, left="stepped_aside")
        with pytest.raises(Refused, match="mediator_passed"):
            story.do(asked.NominateMediator(MEDIATION, GU, frozenset()))

    def test_none_is_kept_beside_the_taking_for_good(self):
        story = a_mediation().begun().do(stop())
        [asked_once] = story.state.matter.asked
        assert (asked_once.declared, asked_once.left) == ("none", "removed")
        assert happened.MediatorTook(GU, "none") in story.events


BEGUN = ["begun", "held", "drafted", "signed"]
LED = ["led", "offered", "scheduled", *BEGUN]


class TestStopping:
    @pytest.mark.parametrize("reached", LED)
    def test_the_mediator_is_off_and_the_next_is_asked(self, reached):
        story = getattr(a_mediation(), reached)().do(stop(SHOP, HAN))
        assert isinstance(story.state, ChoosingMediator)
        assert story.state.proposed == HAN
        assert story.state.matter.asked[0].left == "removed"

    @pytest.mark.parametrize("reached", BEGUN)
    def test_a_session_that_had_begun_is_void_and_its_minutes_are_sealed(self, reached):
        before = getattr(a_mediation(), reached)()
        story = before.do(stop())
        [void] = story.state.matter.void
        assert (void.session_id, void.mediator, void.stopped_at) == (SESSION, GU, before.now)
        assert void.minutes == minutes_of(before.state)
        assert session_of(story.state) is None
        for who, sees in ((HOME, False), (SHOP, False), (HAN, False), (ZHOU, True)):
            roles = ("coordinator",) if who == ZHOU else ()
            reader = an_actor(*roles, member_id=who, alliance_id=ALLIANCE)
            view = mediation_view(reader, story.state, story.now, "zh-CN")
            assert ("谈了后门" in view.model_dump_json()) == (sees and bool(void.minutes))
            assert ("哥哥" in view.model_dump_json()) == sees

    def test_a_session_that_had_not_is_called_off(self):
        story = a_mediation().scheduled().do(stop())
        assert [type(event) for event in story.last] == [happened.SessionCancelled, happened.MediatorRemoved]
        assert story.state.matter.void == ()

    def test_nothing_of_the_void_session_makes_an_agreement(self):
        story = a_mediation().held().do(stop(substitute=HAN))
        story = story.do(asked.TakeMediation(MEDIATION, HAN, frozenset()))
        for command in (a_draft(), asked.WriteMinutes(MEDIATION, "谈了")):
            with pytest.raises(NotNow):
                story.do(command)

    @pytest.mark.parametrize("reached", BEGUN)
    def test_who_was_taken_off_is_never_asked_again(self, reached):
        story = getattr(a_mediation(), reached)().do(stop())
        with pytest.raises(Refused, match="mediator_passed"):
            story.do(asked.NominateMediator(MEDIATION, GU, frozenset()))

    def test_an_agreement_in_effect_binds(self):
        with pytest.raises(NotNow):
            a_mediation().in_effect().do(stop())


STEPS = st.lists(
    st.one_of(
        st.builds(
            lambda who: asked.NominateMediator(MEDIATION, who, frozenset()), st.sampled_from([GU, HAN, SHEN])
        ),
        st.builds(accept, st.sampled_from([HOME, SHOP])),
        st.builds(decline, st.sampled_from([HOME, SHOP]), st.sampled_from([None, GU, HAN, SHEN])),
        st.builds(
            lambda who, tie: asked.TakeMediation(MEDIATION, who, frozenset(), tie),
            st.sampled_from([GU, HAN, SHEN]),
            st.sampled_from(get_args(Relation)),
        ),
        st.builds(lambda who: asked.PassOn(MEDIATION, who), st.sampled_from([GU, HAN, SHEN])),
        st.just(stop()),
    ),
    max_size=15,
)


@given(steps=STEPS)
def test_nobody_who_left_leads_again_whatever_is_tried(steps: list[asked.Command]):
    story, gone = a_mediation().consented(), set()
    for step in steps:
        if getattr(step, "substitute", None) in {*gone, candidate_of(story.state)}:
            continue  # who chooses the substitute leaves them out
        try:
            story = story.do(step)
        except (Refused, NotFound):
            continue
        gone |= {one.mediator for one in story.state.matter.asked if one.left}
        assert candidate_of(story.state) not in gone
