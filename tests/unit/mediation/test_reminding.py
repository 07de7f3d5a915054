"""Whoever owes a word is reminded of it once or twice, on working days, and not once it is given or idle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.mediation import commands as asked
from services.mediation import publish
from services.mediation.decisions import reminding
from services.mediation.events import WordAwaited
from services.mediation.state import Reminder, SlotAnswer, Word
from services.mediation.use_cases.changing import word_owed
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.contracts import mediation as told
from shared.errors import NotNow
from tests.unit.mediation.stories import (
    AGREEMENT,
    AMENDMENT,
    BESIDE,
    CALENDAR,
    FENG,
    GU,
    HAN,
    HOME,
    MEDIATION,
    NEXT,
    OTHER_SLOT,
    RULES,
    SESSION,
    SHOP,
    SHUT_DOOR,
    SLOT,
    SLOTS,
    THIRD_SLOT,
    TODAY,
    UNOPENED,
    Story,
    a_draft,
    a_mediation,
    a_slot,
    an_amendment,
    an_id,
    an_invitation,
    answers,
    says_no,
    says_yes,
)

CONSENT_UNTIL, SLOTS_UNTIL, CONFIRM_UNTIL = date(2026, 3, 27), date(2026, 3, 24), date(2026, 3, 27)
DIARY = an_id(58)
"""The agreement as it is written anew."""


def owed(story: Story) -> dict[Word, set[UUID]]:
    """Who owes which word now."""
    return {one.word: {*one.by} for one in reminding.words_owed(story.state)}


def days(before: Story, after: Story) -> list[tuple[Word, int, date]]:
    found = reminding.reminders(
        before.state, after.state, local_day(after.now), rules=RULES, calendar=CALENDAR
    )
    return [(reminder.word, reminder.turn, day) for reminder, day in found]


def remind(word: Word, of: UUID, until: date | None = None, turn: int = 1) -> asked.RemindOfWord:
    return asked.RemindOfWord(MEDIATION, Reminder(word, of, until, turn))


def reminded(story: Story, command: asked.RemindOfWord) -> set[UUID]:
    """Whom it reaches."""
    return {
        member for event in story.do(command).last if isinstance(event, WordAwaited) for member in event.by
    }


CONSENT = remind("consent", MEDIATION, CONSENT_UNTIL)
TIMES = remind("slots", SLOT, SLOTS_UNTIL)
SIGNATURE = remind("signature", AGREEMENT)
GUEST = remind("guest", FENG)
DONE = remind("confirmation", SHUT_DOOR, CONFIRM_UNTIL)
PROOF = asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")


def settled(before: Story, after: Story) -> dict[Word, set[UUID]]:
    """Who owes a word no more."""
    return {one.word: {*one.by} for one in reminding.settled(before.state, after.state)}


class TestSettled:
    def test_whoever_was_reminded_and_says_it_needs_no_reminder_the_others_still_do(self):
        asked_twice = a_mediation().do(CONSENT)
        half = asked_twice.do(asked.Consent(MEDIATION, SHOP))
        assert settled(asked_twice, half) == {"consent": {SHOP}}
        assert settled(half, half.do(asked.Consent(MEDIATION, HOME))) == {"consent": {HOME}}

    def test_nothing_is_told_where_nobody_was_reminded_of_what_is_required(self):
        half = a_mediation().do(asked.Consent(MEDIATION, SHOP))
        assert settled(a_mediation(), half) == {}

    def test_but_of_a_question_that_may_be_on_its_way_itself(self):
        offered = a_mediation().offered()
        assert settled(offered, offered.do(answers(SHOP, "yes"))) == {"slots": {SHOP}}

    def test_of_a_further_guest_nobody_has_said_anything_by_agreeing_to_none(self):
        invited = a_mediation().answered().invited()
        assert settled(invited, invited.do(an_invitation(HAN))) == {}

    def test_what_is_overtaken_or_over_needs_none_either(self):
        offered = a_mediation().offered().do(TIMES)
        assert settled(
            offered, offered.do(asked.ProposeSlots(MEDIATION, offered.later(days=1).times()[1:]))
        ) == {"slots": {HOME, SHOP}}
        assert settled(offered, offered.do(asked.EndWithdrawn(MEDIATION))) == {"slots": {HOME, SHOP}}

    def test_others_hear_who_and_of_what_and_not_what_was_said(self):
        asked_twice = a_mediation().do(CONSENT)
        half = asked_twice.do(asked.Consent(MEDIATION, SHOP))
        [contract] = publish.settled(asked_twice.state, half.state)
        assert isinstance(contract, told.WordSettled)
        assert (contract.word, contract.to, contract.until, contract.of) == (
            "consent",
            (SHOP,),
            CONSENT_UNTIL,
            MEDIATION,
        )

    def test_who_a_guest_is_is_not_among_it(self):
        invited = a_mediation().answered().invited(HOME).do(GUEST)
        for said in (
            asked.AgreeToGuest(MEDIATION, FENG, SHOP),
            asked.DeclineGuest(MEDIATION, FENG, SHOP),
        ):
            [contract] = publish.settled(invited.state, invited.do(said).state)
            assert isinstance(contract, told.WordSettled)
            assert (contract.word, contract.to, contract.of) == ("guest", (SHOP,), None)

    @pytest.mark.parametrize("said", ["yes", "no"])
    def test_a_guest_who_answered_the_times_is_asked_for_them_no_more(self, said: str):
        offered = a_mediation().led().guest_comes().do(asked.ProposeSlots(MEDIATION, SLOTS))
        [contract] = publish.settled(offered.state, offered.do(answers(FENG, said)).state)
        assert isinstance(contract, told.WordSettled)
        assert (contract.word, contract.to, contract.of) == ("slots", (FENG,), SLOTS[0].slot_id)

    @pytest.mark.parametrize(
        "overtaken_by",
        [asked.ProposeSlots(MEDIATION, (a_slot(THIRD_SLOT, days=9),)), asked.PassOn(MEDIATION, GU)],
        ids=["other times", "the mediator cannot"],
    )
    def test_nor_are_they_once_these_times_hold_no_more(self, overtaken_by: asked.Command):
        offered = a_mediation().led().guest_comes().do(asked.ProposeSlots(MEDIATION, SLOTS))
        told_to = [one.to for one in publish.settled(offered.state, offered.do(overtaken_by).state)]  # type: ignore[attr-defined]
        assert (FENG,) in told_to

    def test_a_guest_is_reminded_of_no_times(self):
        offered = a_mediation().led().guest_comes().do(asked.ProposeSlots(MEDIATION, SLOTS))
        assert FENG not in {who for one in reminding.words_owed(offered.state) for who in one.by}


class TestConsent:
    def test_whoever_has_not_said_yes_or_no_is_reminded_two_working_days_before_the_last(self):
        asked_for = a_mediation()
        assert days(Story(UNOPENED), asked_for) == [("consent", 1, date(2026, 3, 25))]
        half = asked_for.do(asked.Consent(MEDIATION, SHOP))
        assert reminded(half, CONSENT) == {HOME}

    def test_what_was_asked_already_is_not_planned_again(self):
        half = a_mediation().do(asked.Consent(MEDIATION, SHOP))
        assert days(a_mediation(), half) == []

    def test_a_timer_that_fires_twice_reminds_once(self):
        assert a_mediation().do(CONSENT, CONSENT).last == ()

    def test_nobody_once_all_have_answered_or_one_said_no(self):
        for over in (
            a_mediation().consented(),
            a_mediation().do(asked.RefuseMediation(MEDIATION, SHOP)),
            a_mediation().do(asked.EndWithdrawn(MEDIATION)),
        ):
            with pytest.raises(NotNow):
                over.do(CONSENT)

    def test_after_the_last_day_it_comes_too_late(self):
        story = a_mediation()
        last = replace(story, now=end_of_day(CONSENT_UNTIL))
        assert reminded(last, CONSENT) == set()
        assert reminded(last.later(microseconds=-1), CONSENT) == {HOME, SHOP}


class TestTimes:
    def test_whoever_has_not_answered_is_reminded_the_working_day_before_the_last(self):
        offered = a_mediation().offered()
        assert days(a_mediation().led(), offered) == [("slots", 1, date(2026, 3, 23))]
        assert reminded(offered.do(answers(HOME, "yes")), TIMES) == {SHOP}

    def test_a_time_left_out_is_a_word_owed(self):
        one = asked.AnswerSlots(MEDIATION, HOME, None, (SlotAnswer(HOME, SLOT, "yes"),))
        assert reminded(a_mediation().offered().do(one), TIMES) == {HOME, SHOP}

    def test_of_a_time_that_somebody_cannot_make_nobody_owes_an_answer(self):
        left = (SlotAnswer(SHOP, SLOT, "yes"), SlotAnswer(SHOP, OTHER_SLOT, "no"))
        story = a_mediation().offered().do(asked.AnswerSlots(MEDIATION, SHOP, None, left))
        mine = tuple(SlotAnswer(HOME, which, "yes") for which in (SLOT, THIRD_SLOT))
        assert reminded(story.do(asked.AnswerSlots(MEDIATION, HOME, None, mine)), TIMES) == {SHOP}

    def test_no_to_all_of_them_makes_every_other_answer_idle(self):
        assert reminded(a_mediation().offered().do(answers(SHOP, "no")), TIMES) == set()

    def test_other_times_are_another_word(self):
        later = a_mediation().offered().later(days=1)
        again = later.do(asked.ProposeSlots(MEDIATION, later.times()[1:]))
        assert reminded(again, TIMES) == set()
        assert days(later, again) == [("slots", 1, date(2026, 3, 23))]

    def test_once_a_time_is_fixed_or_none_was_found_nobody_is(self):
        assert "slots" not in owed(a_mediation().scheduled())
        nothing = a_mediation().offered().later(days=5).do(asked.CloseSlots(MEDIATION, SESSION, frozenset()))
        assert "slots" not in owed(nothing)

    def test_times_to_move_to_are_owed_until_the_session_is_moved(self):
        story = a_mediation().scheduled()
        asked_again = story.do(asked.ProposeSlots(MEDIATION, story.times()[1:]))
        assert owed(asked_again)["slots"] == {HOME, SHOP}
        moved = asked_again.do(asked.MoveToTime(MEDIATION, story.times()[2], fits=True, reason="病了"))
        assert "slots" not in owed(moved)


class TestGuests:
    def test_whoever_has_not_agreed_is_reminded_twice_at_most(self):
        invited = a_mediation().answered().invited(HOME)
        assert days(a_mediation().answered(), invited) == [
            ("guest", 1, date(2026, 3, 25)),
            ("guest", 2, date(2026, 3, 30)),
        ]
        assert reminded(invited, GUEST) == {SHOP}
        assert reminded(invited.do(GUEST), replace(GUEST, reminder=replace(GUEST.reminder, turn=2))) == {SHOP}

    def test_not_once_all_agreed_one_declined_or_it_was_taken_back(self):
        invited = a_mediation().answered().invited(by=GU)
        assert reminded(a_mediation().answered().invited(HOME, SHOP), GUEST) == set()
        assert reminded(invited.do(asked.DeclineGuest(MEDIATION, FENG, SHOP)), GUEST) == set()
        assert reminded(invited.do(asked.WithdrawInvitation(MEDIATION, FENG, GU)), GUEST) == set()

    def test_of_several_whoever_owes_it_is_reminded_once_for_all(self):
        another = an_invitation(NEXT, name="周翻译")
        both = a_mediation().answered().invited(HOME).do(another)
        assert owed(both) == {"guest": {HOME, SHOP}}
        agreed = both.do(*(asked.AgreeToGuest(MEDIATION, NEXT, party) for party in (HOME, SHOP)))
        assert reminded(agreed, GUEST) == {SHOP}

    def test_not_once_the_session_has_begun(self):
        invited = a_mediation().scheduled().invited(HOME)
        assert reminded(invited, GUEST) == {SHOP}
        assert reminded(invited.later(days=4, hours=2), GUEST) == set()


class TestSignatures:
    def test_whoever_has_not_signed_is_reminded_every_third_working_day_twice(self):
        drafted = a_mediation().drafted()
        assert days(a_mediation().held(), drafted) == [
            ("signature", 1, date(2026, 3, 27)),
            ("signature", 2, date(2026, 4, 1)),
        ]
        assert reminded(drafted.do(drafted.sign(SHOP)), SIGNATURE) == {HOME}

    def test_not_once_it_is_signed_stopped_or_written_anew(self):
        assert reminded(a_mediation().signed(), SIGNATURE) == set()
        with pytest.raises(NotNow):
            a_mediation().drafted().do(asked.RefuseMediation(MEDIATION, SHOP), SIGNATURE)
        anew = a_mediation().drafted().do(replace(a_draft(), agreement_id=DIARY))
        assert reminded(anew, SIGNATURE) == set()
        assert reminded(anew, remind("signature", DIARY)) == {HOME, SHOP}

    def test_of_a_change_likewise_and_not_once_one_side_declined_it(self):
        story = a_mediation().in_effect().do(an_amendment())
        named = remind("signature", AMENDMENT)
        assert reminded(story, named) == {HOME, SHOP}
        assert reminded(story.do(asked.DeclineAmendment(MEDIATION, SHOP)), named) == set()
        assert reminded(a_mediation().amended(marks=0), named) == set()


class TestOptIn:
    UNTIL = date(2026, 3, 26)
    OWN = remind("opt_in", AGREEMENT, UNTIL)

    def drafted(self) -> Story:
        return a_mediation().drafted(group=(FENG, an_id(99)))

    def test_of_a_group_whoever_said_neither_yes_nor_no_is_reminded_the_day_before(self):
        drafted = self.drafted()
        assert ("opt_in", 1, date(2026, 3, 25)) in days(a_mediation().held(), drafted)
        for said in (says_yes(FENG, drafted.hash()), says_no(FENG, drafted.hash())):
            assert reminded(drafted.do(said), self.OWN) == {an_id(99)}

    def test_after_the_day_named_nobody_is(self):
        assert reminded(replace(self.drafted(), now=end_of_day(self.UNTIL)), self.OWN) == set()

    def test_who_is_bound_owes_a_word_to_a_change_and_who_is_not_does_not(self):
        story = a_mediation().of_a_group(an_id(99)).do(an_amendment())
        assert reminded(story, remind("opt_in", AMENDMENT)) == {FENG}


class TestConfirmation:
    def test_the_side_it_is_owed_to_is_reminded_the_working_day_before_the_last(self):
        effective = a_mediation().in_effect()
        proven = effective.do(PROOF)
        assert days(effective, proven) == [("confirmation", 1, date(2026, 3, 26))]
        assert reminded(proven, DONE) == {HOME}

    @pytest.mark.parametrize(
        "said",
        [
            asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME),
            asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关"),
            asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME),
        ],
    )
    def test_not_once_it_was_said(self, said: asked.Command):
        assert reminded(a_mediation().in_effect().do(PROOF, said), DONE) == set()

    def test_shown_anew_it_has_another_day(self):
        disputed = (
            a_mediation().in_effect().do(PROOF, asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关"))
        )
        again = disputed.later(days=1).do(PROOF)
        assert reminded(again, DONE) == set()
        assert days(disputed, again) == [("confirmation", 1, date(2026, 3, 27))]

    def test_of_a_group_whoever_speaks_for_it_and_has_said_so_is_not(self):
        story = a_mediation().of_a_group().do(PROOF)
        assert owed(story)["confirmation"] == {HOME}
        assert "confirmation" not in owed(story.affirmed())


class TestCourt:
    """Whether the others ask the court too, once one has: alone it is no request."""

    UNTIL = date(2026, 4, 23)
    JOINING = remind("court", AGREEMENT, UNTIL)

    def asked_by(self, *parties: UUID) -> Story:
        return a_mediation().in_effect().do(*(asked.AskCourt(MEDIATION, AGREEMENT, one) for one in parties))

    def test_whoever_has_not_asked_is_reminded_five_and_two_working_days_before_the_last(self):
        assert days(a_mediation().in_effect(), self.asked_by(HOME)) == [
            ("court", 1, date(2026, 4, 16)),
            ("court", 2, date(2026, 4, 21)),
        ]
        one = self.asked_by(HOME)
        assert reminded(one, self.JOINING) == {SHOP}
        again = replace(self.JOINING, reminder=replace(self.JOINING.reminder, turn=2))
        assert reminded(one.do(self.JOINING), again) == {SHOP}
        assert reminded(one.do(self.JOINING), self.JOINING) == set()

    def test_nobody_where_nobody_asked_once_all_did_or_when_its_day_is_over(self):
        assert "court" not in owed(a_mediation().in_effect())
        assert reminded(self.asked_by(HOME, SHOP), self.JOINING) == set()
        over = replace(self.asked_by(HOME), now=end_of_day(self.UNTIL))
        assert reminded(over, self.JOINING) == set()
        assert reminded(over.later(microseconds=-1), self.JOINING) == {SHOP}

    def test_asked_when_few_days_are_left_no_day_is_reminded_of_twice(self):
        late = a_mediation().in_effect().later(days=27)
        asking = late.do(asked.AskCourt(MEDIATION, AGREEMENT, HOME))
        assert days(late, asking) == [("court", 1, date(2026, 4, 21))]

    def test_also_when_all_is_performed_and_never_who_has_left(self):
        asking = asked.AskCourt(MEDIATION, AGREEMENT, HOME)
        assert reminded(a_mediation().performed().do(asking), self.JOINING) == {SHOP}
        assert reminded(self.asked_by(HOME).left(SHOP), self.JOINING) == set()

    def test_what_leaves_is_told_to_the_silent_alone(self):
        story = self.asked_by(HOME).do(self.JOINING)
        [contract] = publish.contracts(story.state, story.last[0])  # type: ignore[arg-type]
        assert isinstance(contract, told.CourtAwaited)
        assert (contract.agreement_id, contract.to, contract.until) == (AGREEMENT, (SHOP,), self.UNTIL)


class TestAGuestOfSeveral:
    """The same interpreter may be asked to two mediations, and be invited a second time to one."""

    def test_each_mediation_has_a_reminder_of_its_own(self):
        day = date(2026, 3, 25)
        keys = {
            word_owed(one, GUEST.reminder, day, RULES).dedupe_key for one in (MEDIATION, BESIDE.mediation_id)
        }
        assert len(keys) == 2

    def test_invited_again_they_are_another_word(self):
        invited = a_mediation().answered().invited(by=GU).do(GUEST)
        assert reminded(invited, GUEST) == set()
        again = invited.do(asked.WithdrawInvitation(MEDIATION, FENG, GU)).later(days=7).invited(by=GU)
        assert reminded(again, GUEST) == {HOME, SHOP}
        planned = {
            word_owed(MEDIATION, GUEST.reminder, day, RULES).dedupe_key for day in (TODAY, date(2026, 4, 1))
        }
        assert len(planned) == 2


def test_the_side_that_came_is_reminded_of_its_choice_and_not_once_it_has_chosen():
    story = a_mediation().missed_twice()
    [choice] = [one for one in reminding.words_owed(story.state) if one.word == "choice"]
    named = remind("choice", choice.of, choice.until)
    assert reminded(story, named) == {HOME}
    assert reminded(story.do(asked.ChooseDefault(MEDIATION, HOME, "refer")), named) == set()


def test_nobody_owes_a_word_on_who_may_listen():
    story = a_mediation().scheduled().do(asked.ChooseOpenness(MEDIATION, HOME, open=True))
    assert owed(story) == {}


def test_a_day_too_near_is_reminded_of_on_the_next_working_day_or_not_at_all():
    """Asked on a Friday for the Monday: on Monday morning. Asked for the same day: nobody is."""
    before, after = a_mediation().led(), a_mediation().offered()
    for until, expected in ((date(2026, 3, 23), [date(2026, 3, 23)]), (date(2026, 3, 20), [])):
        soon: Any = replace(after.state, answer_until=until)  # type: ignore[call-arg]
        found = reminding.reminders(before.state, soon, date(2026, 3, 20), rules=RULES, calendar=CALENDAR)
        assert [day for _, day in found] == expected


def test_on_a_rest_day_nobody_is_reminded():
    festival = WorkingCalendar({date(2026, 3, 25): False, date(2026, 3, 26): False})
    found = reminding.reminders(
        UNOPENED, a_mediation().state, date(2026, 3, 20), rules=RULES, calendar=festival
    )
    assert [day for _, day in found] == [date(2026, 3, 23)]


def test_what_leaves_names_the_word_whom_it_is_for_and_its_day():
    story = a_mediation().do(asked.Consent(MEDIATION, SHOP), CONSENT)
    [contract] = publish.contracts(story.state, story.last[0])  # type: ignore[arg-type]
    assert isinstance(contract, told.WordAwaited)
    assert (contract.word, contract.to, contract.until) == ("consent", (HOME,), CONSENT_UNTIL)
