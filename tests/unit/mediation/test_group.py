"""A group's agreement: each is bound by their own yes alone, and what is confirmed for them may be objected to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import publish
from services.mediation.decisions.amending import amendment_hash
from services.mediation.documents.papers import agreement_paper
from services.mediation.policy import possible_for, roles_in
from services.mediation.state import Fellow, Party, Performed, Performing, SlotAnswer
from services.mediation.views.mediation import mediation_view
from shared.access.actor import Actor, Intent
from shared.errors import Invalid, NotAllowed, NotFound, Refused
from tests.unit.mediation.stories import (
    AGREEMENT,
    ALLIANCE,
    AMENDMENT,
    GU,
    HOME,
    MEDIATION,
    NO_POSTS,
    PROVEN,
    SHOP,
    SHUT_DOOR,
    ZHOU,
    Story,
    a_draft,
    a_mark,
    a_mediation,
    an_amendment,
    an_id,
    an_opening,
    says_no,
    says_yes,
    signs,
)

FANG, TANG, YE, OLD = (an_id(number) for number in (61, 62, 63, 64))
"""Fang speaks for the others beside the home that filed first."""

TWO_LEAD = (
    Party(HOME, "complainant", "home"),
    Party(FANG, "complainant", "home"),
    Party(SHOP, "respondent", "shop"),
)


def somebody(member_id: Any) -> Actor:
    return Actor(member_id, ALLIANCE)


def led_by_two() -> Story:
    story = Story().do(an_opening(parties=TWO_LEAD))
    story = story.do(*(asked.Consent(MEDIATION, party.member_id) for party in TWO_LEAD))
    return story.do(
        asked.NominateMediator(MEDIATION, GU, frozenset()), asked.TakeMediation(MEDIATION, GU, frozenset())
    )


def drafted() -> Story:
    return a_mediation().drafted(group=(TANG, YE, OLD))


def changed() -> Story:
    """Ye is bound; both sides have signed a change."""
    story = in_effect().do(an_amendment())
    named = hash_of_change(story)
    return story.do(*(signs(party, named, AMENDMENT) for party in (HOME, SHOP)))


def hash_of_change(story: Story) -> str:
    state: Any = story.state
    return amendment_hash(state.matter, state.amendment)


def says_to_change(story: Story, member: Any, *, agrees: bool) -> Story:
    answer = says_yes if agrees else says_no
    return story.do(answer(member, hash_of_change(story), AMENDMENT))


def a_new_mark(by: Any) -> asked.MarkAgreement:
    return asked.MarkAgreement(MEDIATION, AMENDMENT, by)


def says(story: Story, member: Any, *, agrees: bool) -> Story:
    return story.do((says_yes if agrees else says_no)(member, story.hash()))


def signed(story: Story) -> Story:
    return story.do(story.sign(HOME), story.sign(SHOP))


def in_effect() -> Story:
    """Ye agrees, Tang does not, and the third says nothing."""
    story = signed(says(says(drafted(), YE, agrees=True), TANG, agrees=False))
    return story.later(days=6).do(a_mark(GU), a_mark(ZHOU))


def proven() -> Story:
    return in_effect().do(asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片"))


def affirmed() -> Story:
    return proven().do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME))


def promise(story: Story, which: Any = SHUT_DOOR) -> Any:
    assert isinstance(story.state, Performing | Performed)
    return next(one for one in story.state.commitments if one.promise.commitment_id == which)


def objects(story: Story, member: Any = YE) -> Story:
    return story.do(asked.DisputeCommitment(MEDIATION, SHUT_DOOR, member, "人行道还堵着"))


class TestTheDraft:
    def test_it_lies_before_each_until_a_day_that_is_named(self):
        story = drafted()
        assert story.state.matter.fellows == (Fellow(TANG), Fellow(YE), Fellow(OLD))  # type: ignore[union-attr]
        assert story.state.matter.fellows_until == date(2026, 3, 26)  # type: ignore[union-attr]

    def test_nothing_takes_effect_while_somebody_may_still_say_yes(self):
        story = signed(says(drafted(), YE, agrees=True))
        with pytest.raises(Refused) as no:
            story.do(a_mark(GU))
        assert no.value.code == "group_still_asked"
        assert "mark" not in possible_for(somebody(GU), story.state, story.now)
        answered = says(says(story, TANG, agrees=False), OLD, agrees=True)
        assert isinstance(answered.do(a_mark(GU), a_mark(ZHOU)).state, Performing)

    def test_each_is_bound_by_their_own_yes_alone_and_silence_binds_nobody(self):
        story = in_effect()
        assert story.state.matter.bound == (YE,)  # type: ignore[union-attr]
        [effective] = [
            contract
            for event in story.last
            for contract in publish.contracts(story.state, event)  # type: ignore[arg-type]
        ]
        assert effective.declined == (TANG,)  # type: ignore[attr-defined]

    def test_both_who_speak_for_it_must_sign(self):
        story = led_by_two()
        story = story.do(asked.ProposeSlots(MEDIATION, story.times()))
        slot = story.times()[0]
        for party in (HOME, FANG, SHOP):
            yes = asked.AnswerSlots(
                MEDIATION, party, None, tuple(_yes(party, one.slot_id) for one in story.times())
            )
            story = story.do(yes)
        story = story.do(asked.ScheduleSession(MEDIATION, slot.slot_id, an_id(70))).later(days=4, hours=2)
        story = story.do(asked.WriteMinutes(MEDIATION, "谈了"), a_draft())
        one_missing = story.do(story.sign(HOME), story.sign(SHOP))
        with pytest.raises(Refused) as no:
            one_missing.do(a_mark(GU))
        assert no.value.code == "signatures_missing"
        assert one_missing.do(one_missing.sign(FANG)).do(a_mark(GU), a_mark(ZHOU)).state

    def test_they_may_change_their_mind_until_then_and_nobody_is_bound_late(self):
        story = says(says(drafted(), TANG, agrees=True), TANG, agrees=False)
        assert story.state.matter.bound == ()  # type: ignore[union-attr]
        with pytest.raises(Refused) as no:
            says(story.later(days=6), OLD, agrees=True)
        assert no.value.code == "draft_time_over"

    def test_a_yes_names_the_words_it_is_said_to(self):
        with pytest.raises(Invalid):
            drafted().do(says_yes(YE, "ab" * 32))
        with pytest.raises(NotFound):
            says(drafted(), FANG, agrees=True)

    def test_a_yes_is_meant_and_a_no_needs_nothing(self):
        story = drafted()
        words = story.hash()
        for intent, code in (
            (None, "field_missing"),
            (Intent(TANG, words, PROVEN), "proof_of_another"),
            (Intent(YE, "ab" * 32, PROVEN), "proof_of_other_words"),
        ):
            with pytest.raises(Invalid) as no:
                story.do(asked.AnswerDraft(MEDIATION, AGREEMENT, YE, words, agrees=True, intent=intent))
            assert (no.value.field, no.value.code) == ("/proof", code)
        assert [one.proven_at for one in says(story, YE, agrees=True).last] == [PROVEN]  # type: ignore[union-attr]
        assert [one.proven_at for one in says(story, YE, agrees=False).last] == [None]  # type: ignore[union-attr]

    def test_other_words_are_put_to_everybody_anew(self):
        story = says(drafted(), YE, agrees=True).do(a_draft(terms="九点后关门", group=(TANG, YE)))
        assert story.state.matter.fellows == (Fellow(TANG), Fellow(YE))  # type: ignore[union-attr]

    def test_it_is_written(self):
        with pytest.raises(Invalid):
            a_mediation().drafted("oral", group=(YE,))


class TestAmending:
    def test_who_is_bound_to_these_words_is_bound_to_others_by_their_own_yes_alone(self):
        story = changed()
        with pytest.raises(Refused) as no:
            story.do(a_new_mark(GU))
        assert no.value.code == "bound_still_asked"
        assert "mark" not in possible_for(somebody(GU), story.state, story.now)
        assert "opt-in" in possible_for(somebody(YE), story.state, story.now)
        agreed = says_to_change(story, YE, agrees=True)
        assert "opt-in" not in possible_for(somebody(YE), agreed.state, agreed.now)
        amended = agreed.do(a_new_mark(GU), a_new_mark(ZHOU)).state
        assert isinstance(amended, Performing)
        assert len(amended.amendments) == 1
        assert {one.party for one in amended.amendments[0].signatures} == {HOME, SHOP}

    def test_one_no_leaves_everything_as_it_was_agreed_and_is_nobodys_to_know(self):
        story = says_to_change(changed(), YE, agrees=False)
        assert isinstance(story.state, Performing)
        assert (story.state.amendment, story.state.amendments) == (None, ())
        assert promise(story).status == "open"
        [told] = [contract for event in story.last for contract in publish.contracts(story.state, event)]
        assert str(YE) not in told.model_dump_json()

    def test_who_said_nothing_to_the_agreement_is_not_asked_about_its_change(self):
        story = changed()
        with pytest.raises(NotAllowed):
            says_to_change(story, OLD, agrees=True)
        assert "opt-in" not in possible_for(somebody(OLD), story.state, story.now)
        with pytest.raises(NotFound):
            says_to_change(story, an_id(65), agrees=True)

    def test_a_yes_to_a_change_is_meant_and_a_no_needs_nothing(self):
        story = changed()
        with pytest.raises(Invalid) as no:
            story.do(asked.AnswerDraft(MEDIATION, AMENDMENT, YE, hash_of_change(story), agrees=True))
        assert (no.value.field, no.value.code) == ("/proof", "field_missing")
        assert [one.proven_at for one in says_to_change(story, YE, agrees=True).last] == [PROVEN]  # type: ignore[union-attr]

    def test_a_yes_names_the_words_and_a_new_proposal_asks_anew(self):
        story = changed()
        with pytest.raises(Invalid):
            story.do(says_yes(YE, "ab" * 32, AMENDMENT))
        anew = says_to_change(story, YE, agrees=True).do(an_amendment(replaces=(SHUT_DOOR,)))
        assert anew.state.amendment.agreed == ()  # type: ignore[union-attr]


def _yes(party: Any, slot_id: Any) -> Any:

    return SlotAnswer(party, slot_id, "yes")


class TestMinutes:
    def test_they_read_them_once_the_mediator_has_released_them(self):
        story = drafted()
        assert not mediation_view(somebody(YE), story.state, story.now, "zh-CN").minutes
        assert "minutes/release" in possible_for(somebody(GU), story.state, story.now)
        released = story.do(asked.ReleaseMinutes(MEDIATION))
        assert mediation_view(somebody(YE), released.state, released.now, "zh-CN").minutes
        assert "minutes/release" not in possible_for(somebody(GU), released.state, released.now)
        assert not released.do(asked.ReleaseMinutes(MEDIATION)).last

    def test_they_stay_released_when_the_agreement_takes_effect(self):
        story = in_effect().do(asked.ReleaseMinutes(MEDIATION))
        assert mediation_view(somebody(YE), story.state, story.now, "zh-CN").minutes
        [told] = [contract for event in story.last for contract in publish.contracts(story.state, event)]
        assert told.TYPE.endswith("minutes_released.v1")

    def test_the_parties_had_them_from_the_first(self):
        story = drafted()
        assert mediation_view(somebody(HOME), story.state, story.now, "zh-CN").minutes


class TestKeeping:
    def test_what_is_confirmed_for_them_stands_after_three_working_days_without_objection(self):
        story = affirmed()
        assert promise(story).objections_until == date(2026, 4, 2)
        assert promise(story).status == "proven"
        assert not story.do(asked.LetStand(MEDIATION, SHUT_DOOR)).last
        story = story.later(days=6).do(asked.LetStand(MEDIATION, SHUT_DOOR))
        assert promise(story).status == "confirmed"

    def test_an_objection_suspends_it_until_it_is_taken_back(self):
        story = objects(affirmed())
        assert promise(story).status == "disputed"
        later = story.later(days=10)
        assert not later.do(asked.LetStand(MEDIATION, SHUT_DOOR)).last
        mended = later.do(
            asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "隔离带"),
            asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, YE),
        )
        assert promise(mended).status == "confirmed"

    def test_taken_back_in_time_the_other_days_still_run(self):
        story = objects(affirmed()).do(
            asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "隔离带"),
            asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, YE),
        )
        assert promise(story).status == "proven"

    def test_only_who_is_bound_objects_and_not_after_the_days_for_it(self):
        for member in (TANG, OLD):
            with pytest.raises(NotAllowed):
                objects(affirmed(), member)
        with pytest.raises(Refused):
            objects(affirmed().later(days=10))
        with pytest.raises(Refused):
            affirmed().do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, YE))

    def test_the_owner_hears_of_an_objection_and_not_whose_it_is(self):
        story = objects(affirmed())
        [told] = [one for event in story.last for one in publish.contracts(story.state, event)]  # type: ignore[arg-type]
        assert type(told).__name__ == "CommitmentDisputed"
        assert str(YE) not in told.model_dump_json()
        view = mediation_view(somebody(SHOP), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
        assert str(YE) not in view.model_dump_json()

    def test_a_speaker_who_disputes_takes_back_what_they_confirmed(self):
        story = affirmed().do(asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "又响了"))
        assert promise(story).affirmed_by == ()
        assert not story.later(days=10).do(asked.LetStand(MEDIATION, SHUT_DOOR)).last

    def test_the_end_is_told_as_of_the_day_on_which_it_was_confirmed(self):
        story = affirmed().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        story = story.later(days=6).do(asked.LetStand(MEDIATION, SHUT_DOOR))
        assert isinstance(story.state, Performed)
        assert story.last[-1] == happened.CommitmentsPerformed(date(2026, 3, 30))


class TestTheDebtorLeaves:
    """While it is waited for whether anybody bound objects to what those who speak for them affirmed."""

    def test_what_was_affirmed_is_not_owed_any_more_and_stands_when_its_days_are_over(self):
        left = affirmed().left(SHOP)
        assert [type(event) for event in left.last] == [happened.PartyDeparted]
        assert promise(left).status == "proven"
        stands = left.later(days=6).do(asked.LetStand(MEDIATION, SHUT_DOOR))
        assert promise(stands).status == "confirmed"

    def test_what_somebody_objects_to_is_owed_by_one_who_has_gone(self):
        gone = objects(affirmed().left(SHOP))
        assert [type(event) for event in gone.last] == [happened.CommitmentObjected, happened.DebtorLeft]
        assert promise(gone).status == "debtor_left"
        assert gone.later(days=10).do(asked.LetStand(MEDIATION, SHUT_DOOR)).last == ()
        before = objects(affirmed()).left(SHOP)
        assert promise(before).status == "debtor_left"
        assert before.later(days=10).do(asked.LetStand(MEDIATION, SHUT_DOOR)).last == ()

    def test_taken_back_it_was_kept_after_all(self):
        late = objects(affirmed()).left(SHOP).later(days=10)
        kept = late.do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, YE))
        assert promise(kept).status == "confirmed"

    def test_the_last_one_ends_an_agreement_whose_debtor_has_gone(self):
        story = affirmed().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)).left(SHOP)
        story = story.later(days=6).do(asked.LetStand(MEDIATION, SHUT_DOOR))
        assert isinstance(story.state, Performed)
        assert story.last[-1] == happened.AgreementEnded()


class TestWhoSeesWhat:
    def test_those_for_whom_others_speak_read_the_words_and_nobody_in_them(self):
        story = drafted()
        view = mediation_view(somebody(YE), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
        assert view.agreement is not None
        assert view.possible == ["opt-in"]
        assert (view.minutes, view.mediators_asked) == ([], [])
        shown = view.model_dump_json()
        for other in (HOME, SHOP, TANG):
            assert str(other) not in shown

    def test_the_other_side_learns_about_how_many_agree_from_five_on(self):
        story = a_mediation().drafted(group=tuple(an_id(number) for number in range(80, 87)))
        for number in range(80, 84):
            story = says(story, an_id(number), agrees=True)
        assert _agreed(story) is None
        story = says(says(story, an_id(84), agrees=True), an_id(85), agrees=True)
        assert _agreed(story) == 5

    def test_the_paper_says_whom_it_binds_and_names_none_of_them(self):
        paper = agreement_paper(in_effect().state, "zh-CN")  # type: ignore[arg-type]
        words = " ".join(line for section in paper.sections for line in section.lines)
        assert "自己表示同意的住户" in words
        plain = agreement_paper(a_mediation().in_effect().state, "zh-CN")  # type: ignore[arg-type]
        assert "自己表示同意" not in " ".join(line for section in plain.sections for line in section.lines)

    def test_who_said_no_has_no_part_in_what_takes_effect(self):
        story = in_effect()
        assert roles_in(somebody(TANG), story.state) == frozenset()  # type: ignore[arg-type]
        assert roles_in(somebody(OLD), story.state) == {"joined"}  # type: ignore[arg-type]
        assert possible_for(somebody(OLD), story.state, story.now) == []  # type: ignore[arg-type]
        assert possible_for(somebody(YE), proven().state, proven().now) == ["dispute"]  # type: ignore[arg-type]


def _agreed(story: Story) -> int | None:
    view = mediation_view(somebody(SHOP), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
    assert view.agreement is not None
    assert view.agreement.opt_in is not None
    return view.agreement.opt_in.agreed
