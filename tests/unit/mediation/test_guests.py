"""Others at the session: with every party's yes, needed or not, and never fixed without those who must be there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import policy
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.publish import contracts
from services.mediation.state import Guest, Party, SlotAnswer, Span, candidate_of, session_of
from services.mediation.use_cases.changing import bookings
from services.mediation.views.invitation import invitation_view
from services.mediation.views.mediation import mediation_view
from shared.contracts import mediation as told
from shared.errors import Invalid, NotFound, Refused
from tests.support.tokens import an_actor
from tests.unit.mediation.stories import (
    ALLIANCE,
    FENG,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NOON,
    OTHER_SLOT,
    PARTIES,
    RULES,
    SESSION,
    SHEN,
    SHOP,
    SLOT,
    SLOTS,
    TODAY,
    ZHOU,
    Story,
    a_mediation,
    an_id,
    an_invitation,
    an_opening,
    answers,
    together,
)

MEDIATING, JUDGING = frozenset({"mediator"}), frozenset({"court_liaison"})


def agree(party: object, guest: object = FENG) -> asked.AgreeToGuest:
    return asked.AgreeToGuest(MEDIATION, guest, party)  # type: ignore[arg-type]


def decline(party: object = SHOP) -> asked.DeclineGuest:
    return asked.DeclineGuest(MEDIATION, FENG, party)  # type: ignore[arg-type]


def says(comes: bool, guest: object = FENG) -> asked.AnswerInvitation:
    return asked.AnswerInvitation(MEDIATION, guest, comes)  # type: ignore[arg-type]


def withdraw(by: object) -> asked.WithdrawInvitation:
    return asked.WithdrawInvitation(MEDIATION, FENG, by)  # type: ignore[arg-type]


def declares(relation: object) -> asked.AnswerInvitation:
    return asked.AnswerInvitation(MEDIATION, HAN, comes=True, relation=relation)  # type: ignore[arg-type]


def schedule(slot: object = SLOT) -> asked.ScheduleSession:
    return asked.ScheduleSession(MEDIATION, slot, SESSION)  # type: ignore[arg-type]


def sent(story: Story) -> list[Any]:
    return [contract for event in story.last for contract in contracts(story.state, event)]  # type: ignore[arg-type]


def guests(story: Story) -> tuple[Guest, ...]:
    return story.state.matter.guests  # type: ignore[union-attr,no-any-return]


class TestInviting:
    def test_the_mediator_asks_every_party(self):
        story = a_mediation().led().do(an_invitation(required=True))
        assert guests(story) == (Guest(FENG, "interpreter", required=True, name="冯翻译"),)
        [proposed] = sent(story)
        assert (proposed.role, proposed.to) == ("interpreter", (HOME, SHOP))

    def test_a_party_who_invites_agrees_by_it_and_the_other_is_asked(self):
        story = a_mediation().led().do(an_invitation(party=SHOP))
        assert guests(story)[0].agreed == (SHOP,)
        assert sent(story)[0].to == (HOME,)

    @pytest.mark.parametrize("who", [HOME, GU, FENG])
    def test_nobody_is_there_twice(self, who):
        with pytest.raises(Invalid, match="guest_is_there"):
            a_mediation().led().invited().do(an_invitation(who))

    def test_a_second_mediator_mediates_has_no_conflict_and_is_the_only_one(self):
        story = a_mediation().led()
        with pytest.raises(Invalid, match="guest_no_mediator"):
            story.do(an_invitation(HAN, "second_mediator", held=frozenset({"resident"})))
        with pytest.raises(ConflictOfInterest) as refused:
            story.do(an_invitation(HAN, "second_mediator", held=MEDIATING, conflicts=frozenset({"family"})))
        assert refused.value.field == "/member_id"
        assert refused.value.without_kinds().data == {}
        story = story.do(an_invitation(HAN, "second_mediator", held=MEDIATING))
        with pytest.raises(Refused, match="second_mediator_there"):
            story.do(an_invitation(SHEN, "second_mediator", held=MEDIATING))

    def test_a_second_mediators_ties_are_looked_at_once_more_when_they_come(self):
        story = a_mediation().led().do(an_invitation(HAN, "second_mediator", held=MEDIATING))
        story = story.do(agree(HOME, HAN), agree(SHOP, HAN))
        near = frozenset({"family"})
        with pytest.raises(ConflictOfInterest):
            story.do(asked.AnswerInvitation(MEDIATION, HAN, True, near, "none"))
        assert guests(story.do(asked.AnswerInvitation(MEDIATION, HAN, False, near)))[0].comes is False
        assert a_mediation().led().invited(HOME, SHOP).do(asked.AnswerInvitation(MEDIATION, FENG, True, near))

    def test_who_was_declined_as_mediator_comes_by_no_other_door(self):
        story = a_mediation().led().do(asked.DeclineMediator(MEDIATION, HOME, HAN))
        story = story.do(asked.TakeMediation(MEDIATION, HAN, frozenset()))
        with pytest.raises(Invalid, match="guest_no_mediator"):
            story.do(an_invitation(GU, "second_mediator", held=MEDIATING))

    def test_a_judge_is_a_court_liaison(self):
        with pytest.raises(Invalid, match="guest_no_judge"):
            a_mediation().led().do(an_invitation(role="judge", held=MEDIATING))
        assert guests(a_mediation().led().do(an_invitation(role="judge", name="", held=JUDGING)))

    @pytest.mark.parametrize("role", ["neighbour", "interpreter"])
    def test_others_are_called_something(self, role):
        with pytest.raises(Invalid) as refused:
            a_mediation().led().do(an_invitation(role=role, name=""))
        assert (refused.value.field, refused.value.code) == ("/name", "field_missing")

    def test_no_neighbour_comes_where_somebody_is_hidden(self):
        with pytest.raises(Refused, match="no_guests_while_hidden"):
            a_mediation(hidden=True).led().do(an_invitation(role="neighbour"))
        assert guests(a_mediation(hidden=True).led().do(an_invitation()))

    def test_a_party_invites_nobody_where_somebody_is_hidden(self):
        state = a_mediation(hidden=True).led().state
        with pytest.raises(Refused, match="no_guests_while_hidden"):
            policy.require_invitation(reader(SHOP), state)  # type: ignore[arg-type]
        policy.require_invitation(reader(GU), state)  # type: ignore[arg-type]

    def test_a_session_is_no_assembly(self):
        story = a_mediation().led()
        for number in range(RULES.session_guests):
            story = story.do(an_invitation(an_id(600 + number)))
        with pytest.raises(Refused, match="guests_enough"):
            story.do(an_invitation())

    def test_once_the_session_has_begun_it_is_too_late(self):
        begun = a_mediation().scheduled().invited(HOME, SHOP).later(days=4, hours=2)
        for command in (an_invitation(HAN), agree(HOME), decline(), says(True)):
            with pytest.raises(Refused, match="invited_too_late"):
                begun.do(command)


class TestTogether:
    """Of two matters talked about at once the people of one agreed to nobody the other's invited."""

    def test_no_session_is_shared_where_somebody_is_invited(self):
        story = a_mediation().led().joint()
        for apart in (
            lambda: story.invited().do(together()),
            lambda: story.do(together(has_guests=True)),
            lambda: story.do(together(), an_invitation()),
            lambda: a_mediation().scheduled().do(an_invitation(shared=True)),
        ):
            with pytest.raises(Refused, match="guests_apart"):
                apart()


class TestLeaving:
    def test_whom_only_the_one_who_left_had_not_agreed_to_is_asked(self):
        beside = Party(an_id(3), "complainant", "home")
        story = Story().do(an_opening(parties=(*PARTIES, beside)), asked.Consent(MEDIATION, beside.member_id))
        story = story.led().invited(HOME, SHOP)
        assert sent(story) == []
        gone = story.do(asked.NoteDeparture(MEDIATION, beside.member_id, TODAY, died=False))
        assert [(type(one), one.guests) for one in sent(gone)] == [(told.GuestInvited, (FENG,))]

    def test_where_a_whole_side_left_the_guest_need_not_come(self):
        gone = a_mediation().led().guest_comes().do(asked.NoteDeparture(MEDIATION, SHOP, TODAY, died=False))
        assert [one.guests for one in sent(gone) if isinstance(one, told.GuestReleased)] == [(FENG,)]


class TestAgreeing:
    def test_the_guest_hears_of_it_with_the_last_yes_and_never_before(self):
        story = a_mediation().led().do(an_invitation(party=HOME))
        assert [type(one) for one in sent(story)] == [told.GuestProposed]
        assert sent(a_mediation().led().invited(HOME)) == []
        [invited] = sent(story.do(agree(SHOP)))
        assert isinstance(invited, told.GuestInvited)
        assert invited.guests == (FENG,)

    def test_twice_is_once_and_for_oneself_alone(self):
        story = a_mediation().led().invited(HOME)
        assert story.do(agree(HOME)).last == ()
        with pytest.raises(NotFound):
            story.do(agree(ZHOU))
        with pytest.raises(NotFound):
            story.do(says(True))

    def test_any_partys_no_ends_it_and_says_nowhere_whose(self):
        story = a_mediation().led().invited(HOME).do(decline(SHOP))
        assert guests(story) == ()
        assert story.last == (happened.InvitationEnded(FENG, "interpreter"),)
        [ended] = sent(story)
        assert ended.model_dump(exclude={"parties"}).keys() == (
            {"mediation_id", "case_id", "alliance_id", "reference", "mediator_id", "role", "withdrawn"}
        )

    def test_whoever_was_asked_already_hears_that_they_need_not_come(self):
        story = a_mediation().led().invited(HOME, SHOP).do(decline())
        ended, released = sent(story)
        assert isinstance(ended, told.InvitationEnded)
        assert (released.guests, released.uid) == ((FENG,), None)
        away = a_mediation().led().invited(HOME, SHOP).do(says(False), decline())
        assert [type(one) for one in sent(away)] == [told.InvitationEnded]

    def test_whoever_was_booked_is_free_again(self):
        story = a_mediation().scheduled().guest_comes()
        assert FENG in {one.resource for one in bookings(story.state, RULES)}
        story = story.do(decline())
        assert FENG not in {one.resource for one in bookings(story.state, RULES)}
        assert sent(story)[1].session_id == SESSION


class TestWithdrawing:
    """By whoever invited them, until every party has agreed."""

    def test_whoever_invited_takes_it_back_and_the_guest_never_hears_of_it(self):
        for by in (GU, SHOP, ZHOU):
            story = a_mediation().led().invited(HOME, by=by).do(withdraw(by))
            assert guests(story) == ()
            [ended] = sent(story)
            assert isinstance(ended, told.InvitationEnded)
            assert (ended.withdrawn, FENG in {one.member_id for one in ended.parties}) == (True, False)

    def test_nobody_takes_back_what_another_asked(self):
        with pytest.raises(Refused, match="invitation_of_another"):
            a_mediation().led().invited(by=GU).do(withdraw(SHOP))
        with pytest.raises(Invalid, match="unknown_guest"):
            a_mediation().led().do(withdraw(GU))

    def test_once_all_agreed_they_were_asked_and_it_stands(self):
        story = a_mediation().led().invited(HOME, SHOP, by=GU)
        with pytest.raises(Refused, match="invitation_agreed"):
            story.do(withdraw(GU))

    def test_it_is_offered_to_whoever_invited_alone(self):
        story = a_mediation().led().invited(HOME, by=SHOP)
        offered = {
            who: "invite/withdraw" in policy.possible_for(reader(who), story.state, story.now)  # type: ignore[arg-type]
            for who in (HOME, SHOP, GU)
        }
        assert offered == {HOME: False, SHOP: True, GU: False}
        agreed = story.do(agree(SHOP))
        assert "invite/withdraw" not in policy.possible_for(reader(SHOP), agreed.state, agreed.now)  # type: ignore[arg-type]

    def test_the_one_who_invited_is_marked_for_themselves(self):
        story = a_mediation().led().invited(by=SHOP)
        for who, own in ((SHOP, True), (HOME, False), (GU, False)):
            view = mediation_view(reader(who), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
            assert [one.invited_by_you for one in view.guests] == [own]


class TestSecondMediator:
    """Held to what the first is: nobody is booked who has not declared that they have no tie."""

    def test_without_a_declaration_they_are_not_booked(self):
        asked_to = a_mediation().scheduled().second_mediator_asked()
        with pytest.raises(Invalid) as refused:
            asked_to.do(says(True, HAN))
        assert (refused.value.field, refused.value.code) == ("/relation", "field_missing")
        assert asked_to.do(says(False, HAN))

    def test_declared_free_of_ties_they_come_and_all_may_read_that(self):
        story = a_mediation().scheduled().second_mediator_asked().do(declares("none"))
        assert HAN in {one.resource for one in bookings(story.state, RULES)}
        view = mediation_view(reader(SHOP), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
        assert [(one.comes, one.no_ties) for one in view.guests] == [(True, True)]

    def test_with_a_tie_they_step_aside_and_which_tie_is_for_the_committee(self):
        story = a_mediation().scheduled().second_mediator_asked().do(declares("kin"))
        assert guests(story) == ()
        [ended] = sent(story)
        assert (type(ended), ended.withdrawn) == (told.InvitationEnded, True)
        assert "kin" not in ended.model_dump_json()
        for who, roles, declared in ((SHOP, (), []), (GU, (), []), (ZHOU, ("coordinator",), [None, "kin"])):
            view = mediation_view(reader(who, *roles), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
            assert [one.declared for one in view.mediators_asked if one.mediator_id != GU] == declared[1:]

    def test_nor_do_they_ever_lead_it(self):
        story = a_mediation().led().second_mediator_asked().do(declares("kin"), asked.PassOn(MEDIATION, GU))
        with pytest.raises(Refused, match="mediator_passed"):
            story.do(asked.NominateMediator(MEDIATION, HAN, frozenset()))

    def test_a_tie_that_comes_to_mind_later_takes_them_off_the_session(self):
        story = a_mediation().scheduled().second_mediator_asked().do(declares("none"), declares("friend"))
        assert HAN not in {one.resource for one in bookings(story.state, RULES)}
        assert [type(one) for one in sent(story)] == [told.InvitationEnded, told.GuestReleased]
        assert sent(story)[1].session_id == SESSION

    def test_of_others_nothing_is_asked(self):
        assert guests(a_mediation().led().guest_comes())[0].declared is None


class TestComing:
    def test_the_mediator_hears_whether_they_come(self):
        for comes in (True, False):
            [answered] = sent(a_mediation().led().invited(HOME, SHOP).do(says(comes)))
            assert isinstance(answered, told.GuestAnswered)
            assert (answered.comes, answered.role, answered.guests) == (comes, "interpreter", (FENG,))

    def test_saying_it_again_changes_nothing_and_otherwise_changes_it(self):
        story = a_mediation().led().guest_comes()
        assert story.do(says(True)).last == ()
        assert guests(story.do(says(False)))[0].comes is False

    def test_a_session_that_stands_is_in_their_calendar_and_out_of_it_again(self):
        story = a_mediation().scheduled().guest_comes()
        [_, booked] = sent(story)
        assert isinstance(booked, told.GuestBooked)
        assert (booked.guests, booked.session_id) == ((FENG,), SESSION)
        [_, released] = sent(story.do(says(False)))
        assert isinstance(released, told.GuestReleased)
        assert released.uid == booked.uid
        first_no = a_mediation().scheduled().invited(HOME, SHOP).do(says(False))
        assert [type(one) for one in sent(first_no)] == [told.GuestAnswered]

    def test_the_session_is_told_to_those_who_come_and_to_no_other(self):
        story = a_mediation().answered().guest_comes()
        story = story.do(an_invitation(HAN, name="韩"), agree(HOME, HAN), agree(SHOP, HAN))
        fixed = story.do(schedule())
        assert sent(fixed)[0].guests == (FENG,)
        moved = fixed.do(asked.MoveToTime(MEDIATION, SLOTS[2], fits=True, reason="病了"))
        assert sent(moved)[0].guests == (FENG,)
        ended = fixed.do(asked.RefuseMediation(MEDIATION, SHOP))
        assert [(type(one), one.guests) for one in sent(ended) if hasattr(one, "guests")] == [
            (told.GuestReleased, (HAN,)),
            (told.SessionCancelled, (FENG,)),
        ]

    def test_whoever_waits_hears_of_the_end_also_when_the_case_is_withdrawn(self):
        story = a_mediation().led().guest_comes()
        for command in (asked.EndWithdrawn(MEDIATION), asked.FailMediation(MEDIATION, "no_agreement")):
            assert sent(story.do(command))[-1].guests == (FENG,)
        held = story.do(
            asked.ProposeSlots(MEDIATION, story.times()), answers(HOME, "yes"), answers(SHOP, "yes")
        )
        held = held.do(schedule()).later(days=4, hours=2).do(asked.WriteMinutes(MEDIATION, "谈了"))
        assert [type(one) for one in sent(held.do(asked.RefuseMediation(MEDIATION, HOME)))] == [
            told.MediationRefused
        ]

    def test_their_times_are_kept_and_accept_no_mediator(self):
        window = Span(NOON, NOON.replace(hour=9))
        story = a_mediation().offered().guest_comes()
        story = story.do(asked.AnswerSlots(MEDIATION, FENG, (window,), (SlotAnswer(FENG, SLOT, "yes"),)))
        assert guests(story)[0].windows == (window,)
        assert FENG not in story.state.matter.accepted(candidate_of(story.state))  # type: ignore[union-attr,arg-type]

    def test_who_does_not_come_answers_no_times(self):
        with pytest.raises(NotFound):
            a_mediation().offered().invited(HOME, SHOP).do(answers(FENG, "yes"))

    def test_a_guest_who_leads_is_a_guest_no_more(self):
        story = a_mediation().led().do(an_invitation(HAN, "second_mediator", held=MEDIATING))
        story = story.do(asked.PassOn(MEDIATION, GU), asked.NominateMediator(MEDIATION, HAN, frozenset()))
        assert guests(story.do(asked.TakeMediation(MEDIATION, HAN, frozenset()))) == ()


class TestFixing:
    def test_no_time_without_the_word_of_who_must_be_there(self):
        story = a_mediation().answered().invited(HOME, SHOP, required=True)
        with pytest.raises(Refused, match="guest_unanswered"):
            story.do(schedule())
        assert story.do(says(True), schedule())
        assert story.do(says(False), schedule())

    def test_nor_over_their_no_but_over_anothers(self):
        no = asked.AnswerSlots(MEDIATION, FENG, None, (SlotAnswer(FENG, SLOT, "no"),))
        needed = a_mediation().answered().guest_comes(required=True).do(no)
        with pytest.raises(Refused, match="slot_declined"):
            needed.do(schedule())
        assert needed.do(schedule(OTHER_SLOT))
        assert needed.do(says(False), schedule())
        fixed = a_mediation().answered().guest_comes().do(no, schedule())
        assert [type(one) for one in sent(fixed)] == [told.GuestAnswered, told.SessionScheduled]
        assert sent(fixed)[1].guests == ()

    def test_whoever_cannot_make_the_new_time_is_taken_off_the_old(self):
        no = asked.AnswerSlots(MEDIATION, FENG, None, (SlotAnswer(FENG, OTHER_SLOT, "no"),))
        story = a_mediation().answered().guest_comes().do(no, schedule())
        story = story.do(asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"))
        answered, released, moved = sent(story)
        assert (answered.comes, released.guests, released.session_id) == (False, (FENG,), SESSION)
        assert moved.guests == ()

    def test_a_time_that_is_closed_by_itself_waits_for_them_too(self):
        def closing(story: Story) -> list[str]:
            free = frozenset(slot.slot_id for slot in SLOTS)
            over = story.later(days=4, hours=12).do(asked.CloseSlots(MEDIATION, SESSION, free))
            return [type(one).__name__ for one in over.last]

        required = a_mediation().answered().invited(HOME, SHOP, required=True)
        assert closing(required) == ["NoTimeFound"]
        assert closing(required.do(says(False))) == ["SessionScheduled"]

    def test_whoever_is_not_agreed_upon_holds_nothing_up(self):
        assert a_mediation().answered().invited(HOME, required=True).do(schedule())

    @pytest.mark.parametrize("move", ["slot", "time"])
    def test_a_move_needs_them_too(self, move):
        story = a_mediation().scheduled().invited(HOME, SHOP, required=True)
        to_slot = asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了")
        to_time = asked.MoveToTime(MEDIATION, SLOTS[2], fits=True, reason="病了")
        with pytest.raises(Refused, match="guest_unanswered"):
            story.do(to_slot if move == "slot" else to_time)


STEPS = st.lists(
    st.one_of(
        st.builds(
            lambda who, must, party: an_invitation(who, required=must, party=party),
            st.sampled_from([FENG, HAN]),
            st.booleans(),
            st.sampled_from([None, HOME, SHOP]),
        ),
        st.builds(agree, st.sampled_from([HOME, SHOP]), st.sampled_from([FENG, HAN])),
        st.builds(decline, st.sampled_from([HOME, SHOP])),
        st.builds(says, st.booleans(), st.sampled_from([FENG, HAN])),
        st.builds(answers, st.sampled_from([HOME, SHOP, FENG, HAN]), st.sampled_from(["yes", "no"])),
        st.builds(schedule, st.sampled_from([SLOT, OTHER_SLOT])),
        st.builds(
            lambda slot: asked.MoveToSlot(MEDIATION, slot, "病了"), st.sampled_from([SLOT, OTHER_SLOT])
        ),
    ),
    max_size=25,
)


CLOSE = asked.CloseSlots(MEDIATION, SESSION, frozenset(slot.slot_id for slot in SLOTS))


def _fixed_slot(before: Any, after: Story) -> UUID:
    fixed = session_of(after.state)  # type: ignore[arg-type]
    return next(one.slot_id for one in before.slots if fixed and one.starts_at == fixed.starts_at)


STARTS = (
    a_mediation().offered(),
    a_mediation().answered().invited(HOME, required=True),
    a_mediation().answered().invited(HOME, SHOP, required=True),
    a_mediation().answered().guest_comes(required=True).do(answers(FENG, "no")),
    a_mediation().scheduled().guest_comes(required=True),
)


@given(story=st.sampled_from(STARTS), steps=STEPS)
def test_nothing_is_ever_fixed_without_everybody_who_must_be_there(story: Story, steps: list[asked.Command]):
    for step in [*steps, CLOSE]:
        story = story.later(days=4, hours=12) if step is CLOSE else story
        before = story.state
        try:
            story = story.do(step)
        except (Refused, NotFound):
            continue
        if not any(isinstance(one, happened.SessionScheduled | happened.SessionMoved) for one in story.last):
            continue
        slot = _fixed_slot(before, story)
        said = {one.party: one.answer for one in before.answers if one.slot_id == slot}  # type: ignore[union-attr]
        assert {HOME, SHOP} <= said.keys()
        for guest in before.matter.guests:  # type: ignore[union-attr]
            if guest.required and {HOME, SHOP} <= {*guest.agreed}:
                assert guest.comes is not None
                assert not (guest.comes and said.get(guest.member_id) == "no")


def reader(member_id: object, *roles: str) -> Any:
    return an_actor(*roles, member_id=member_id, alliance_id=ALLIANCE)


class TestSeeing:
    def test_a_guest_sees_when_where_and_labels_and_nothing_else(self):
        story = a_mediation().scheduled().guest_comes(required=True)
        seen = invitation_view(reader(FENG), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
        assert (seen.reference, seen.sides, seen.session.room) == (
            "SJ-TEST-0001-A",
            ["住户甲", "商户甲"],
            "R1",
        )
        assert seen.possible == ["answers", "invite/answer"]
        text = seen.model_dump_json()
        assert not any(str(somebody) in text for somebody in (HOME, SHOP, GU, FENG))

    def test_before_all_agreed_and_after_the_session_they_have_no_part(self):
        held = a_mediation().scheduled().guest_comes().later(days=4, hours=2)
        held = held.do(asked.WriteMinutes(MEDIATION, "谈了"))
        left = a_mediation().led().guest_comes().do(asked.PassOn(MEDIATION, GU))
        for story in (a_mediation().led().invited(HOME), held, left):
            assert policy.roles_in(reader(FENG), story.state) == frozenset()  # type: ignore[arg-type]

    def test_a_coordinator_who_is_asked_stays_one(self):
        story = a_mediation().led().invited(HOME, SHOP)
        assert not policy.is_only_guest(reader(FENG, "coordinator"), story.state)  # type: ignore[arg-type]
        assert "answers" not in policy.possible_for(reader(FENG, "coordinator"), story.state, story.now)  # type: ignore[arg-type]

    def test_a_party_sees_its_own_yes_and_not_the_others(self):
        story = a_mediation().led().invited(HOME)
        for who, own in ((HOME, True), (SHOP, False), (GU, None)):
            view = mediation_view(reader(who), story.state, story.now, "zh-CN")  # type: ignore[arg-type]
            assert [(one.own, one.agreed, one.comes) for one in view.guests] == [(own, False, None)]
            assert ("invite/agree" in view.possible) == (who == SHOP)

    def test_of_talks_held_apart_a_guest_is_told_the_whole_and_not_that_they_are(self):
        story = a_mediation(hidden=True).scheduled().guest_comes()
        seen = invitation_view(reader(FENG), story.state, story.now, "en")  # type: ignore[arg-type]
        assert (seen.session.starts_at, seen.session.ends_at) == (
            story.state.session.starts_at,  # type: ignore[union-attr]
            story.state.session.ends_at,  # type: ignore[union-attr]
        )
        assert "apart" not in seen.next

    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_there_is_a_next_step_for_everybody(self, language):
        led = a_mediation().offered()
        for story in (
            led.invited(HOME),
            led.invited(HOME, SHOP),
            led.guest_comes(),
            led.guest_comes().do(says(False)),
        ):
            for who in (HOME, SHOP, GU):
                assert mediation_view(reader(who), story.state, story.now, language).next  # type: ignore[arg-type]
            if policy.is_only_guest(reader(FENG), story.state):  # type: ignore[arg-type]
                assert invitation_view(reader(FENG), story.state, story.now, language).next  # type: ignore[arg-type]
