"""A time that all can make, held to its notice and its limit of moves; minutes only once it has begun."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.state import Drafting, Scheduled, SlotAnswer, Span
from shared.errors import Invalid, NotFound, Refused
from tests.unit.mediation.stories import (
    GU,
    HOME,
    MEDIATION,
    NOON,
    NOTE,
    OTHER_SLOT,
    RULES,
    SESSION,
    SHOP,
    SLOT,
    SLOTS,
    THIRD_SLOT,
    a_mediation,
    a_slot,
    an_id,
    answers,
)


def test_no_common_time_is_a_refusal():
    with pytest.raises(Refused, match="no_common_time"):
        a_mediation().led().do(asked.ProposeSlots(MEDIATION, ()))


def test_answers_are_awaited_two_working_days_but_not_beyond_the_first_slot():
    assert a_mediation().offered().state.answer_until == date(2026, 3, 24)
    tomorrow = a_mediation().led().do(asked.ProposeSlots(MEDIATION, (a_slot(days=1),)))
    assert tomorrow.state.answer_until == date(2026, 3, 21)


def test_new_slots_ask_anew():
    again = a_mediation().answered().do(asked.ProposeSlots(MEDIATION, SLOTS))
    assert again.state.answers == ()


def test_the_latest_answer_counts():
    story = a_mediation().answered("no").do(answers(HOME, "yes"), answers(SHOP, "if_need_be"))
    assert isinstance(story.do(asked.ScheduleSession(MEDIATION, SLOT, SESSION)).state, Scheduled)


def test_an_unknown_slot_cannot_be_answered():
    stray = asked.AnswerSlots(
        MEDIATION, HOME, None, (SlotAnswer(HOME, SLOT, "yes"), SlotAnswer(HOME, an_id(99), "no"))
    )
    with pytest.raises(Invalid) as refused:
        a_mediation().offered().do(stray)
    assert (refused.value.field, refused.value.code) == ("/answers/1/slot_id", "unknown_slot")


def test_times_may_be_named_before_there_is_a_mediator():
    window = Span(NOON, NOON + timedelta(hours=3))
    story = a_mediation().consented().do(asked.AnswerSlots(MEDIATION, HOME, (window,), ()))
    assert story.state.matter.party(HOME).windows == (window,)


def test_only_parties_answer():
    with pytest.raises(NotFound):
        a_mediation().offered().do(asked.AnswerSlots(MEDIATION, GU, (), ()))


def test_a_slot_somebody_declined_is_not_fixed():
    story = a_mediation().answered().do(answers(SHOP, "no"))
    with pytest.raises(Refused, match="slot_declined"):
        story.do(asked.ScheduleSession(MEDIATION, SLOT, SESSION))


def test_a_slot_somebody_has_not_answered_is_not_fixed():
    story = a_mediation().offered().do(answers(SHOP, "yes"))
    with pytest.raises(Refused, match="slot_unanswered"):
        story.do(asked.ScheduleSession(MEDIATION, SLOT, SESSION))


def test_a_slot_that_was_not_proposed_is_not_fixed():
    with pytest.raises(Invalid, match="unknown_slot"):
        a_mediation().answered().do(asked.ScheduleSession(MEDIATION, an_id(99), SESSION))


ALL_FREE = frozenset(slot.slot_id for slot in SLOTS)
FIRST_DAYS_ARE_OVER = {"days": 4, "hours": 12}
"""From Friday noon: the answers were awaited until Tuesday."""


def closed(story, free=ALL_FREE):
    return story.later(**FIRST_DAYS_ARE_OVER).do(asked.CloseSlots(MEDIATION, SESSION, free))


def said(party, **answer_to):
    slots = {"first": SLOT, "second": OTHER_SLOT, "third": THIRD_SLOT}
    answers = tuple(SlotAnswer(party, slots[slot], answer) for slot, answer in answer_to.items())
    return asked.AnswerSlots(MEDIATION, party, None, answers)


def test_when_the_answers_are_due_the_earliest_time_that_suits_all_is_fixed():
    fixed = closed(a_mediation().answered())
    assert isinstance(fixed.state, Scheduled)
    assert fixed.state.session.starts_at == SLOTS[2].starts_at, "the first two begin within the day of notice"


def test_a_plain_yes_of_all_goes_before_an_earlier_if_need_be():
    next_week = (a_slot(SLOT, days=7), a_slot(OTHER_SLOT, days=8), a_slot(THIRD_SLOT, days=9))
    story = a_mediation().led().do(asked.ProposeSlots(MEDIATION, next_week))
    story = story.do(
        said(HOME, first="if_need_be", second="yes", third="yes"),
        said(SHOP, first="yes", second="if_need_be", third="yes"),
    )
    assert closed(story).state.session.starts_at == a_slot(THIRD_SLOT, days=9).starts_at


def test_before_the_answers_are_due_nothing_is_fixed():
    story = a_mediation().answered().later(days=4, hours=11, minutes=59)
    assert story.do(asked.CloseSlots(MEDIATION, SESSION, ALL_FREE)).last == ()


@pytest.mark.parametrize(
    ("story", "free"),
    [
        (a_mediation().answered("no"), ALL_FREE),
        (a_mediation().offered().do(answers(SHOP, "yes")), ALL_FREE),
        (a_mediation().answered(), frozenset()),
    ],
    ids=["declined", "unanswered", "booked since"],
)
def test_without_a_time_for_all_the_mediator_looks_anew(story, free):
    over = closed(story, free)
    assert over.last == (happened.NoTimeFound(),)
    assert over.state.answer_until is None
    assert closed(over, free).last == (), "it is told once"


def test_the_first_session_has_a_uid_and_sequence_0():
    session = a_mediation().scheduled().state.session
    assert (session.uid, session.sequence) == (SESSION.hex.upper(), 0)


def test_notice_is_kept_to_the_second():
    story = a_mediation().answered()
    at_the_limit = story.later(days=3, hours=2)
    assert isinstance(at_the_limit.do(asked.ScheduleSession(MEDIATION, SLOT, SESSION)).state, Scheduled)
    with pytest.raises(Refused, match="too_short_notice"):
        at_the_limit.later(seconds=1).do(asked.ScheduleSession(MEDIATION, SLOT, SESSION))


def test_a_slot_whose_room_was_closed_since_is_neither_fixed_nor_moved_to():
    with pytest.raises(Refused, match="room_closed"):
        a_mediation().answered().do(asked.ScheduleSession(MEDIATION, SLOT, SESSION, room_open=False))
    with pytest.raises(Refused, match="room_closed"):
        a_mediation().scheduled().do(asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了", room_open=False))


def test_each_move_keeps_the_uid_and_raises_the_sequence():
    story = a_mediation().scheduled()
    moved = story.do(asked.MoveToSlot(MEDIATION, OTHER_SLOT, "病了"))
    again = moved.do(asked.MoveToTime(MEDIATION, SLOTS[2], fits=True, reason="病了"))
    sessions = [story.state.session, moved.state.session, again.state.session]
    assert {session.uid for session in sessions} == {SESSION.hex.upper()}
    assert [session.sequence for session in sessions] == [0, 1, 2]
    assert [session.starts_at for session in sessions] == [slot.starts_at for slot in SLOTS]


def test_a_third_move_is_refused():
    story = a_mediation().scheduled()
    for slot_id in (OTHER_SLOT, THIRD_SLOT):
        story = story.do(asked.MoveToSlot(MEDIATION, slot_id, "病了"))
    with pytest.raises(Refused, match="moved_too_often") as refused:
        story.do(asked.MoveToSlot(MEDIATION, SLOT, "病了"))
    assert refused.value.data == {"limit": 2}


def test_a_move_needs_notice_like_any_time():
    with pytest.raises(Refused, match="too_short_notice"):
        a_mediation().scheduled().later(days=5).do(
            asked.MoveToTime(MEDIATION, SLOTS[1], fits=True, reason="病了")
        )


def test_a_move_to_a_time_that_does_not_fit_is_refused():
    with pytest.raises(Refused, match="time_not_free"):
        a_mediation().scheduled().do(asked.MoveToTime(MEDIATION, SLOTS[1], fits=False, reason="病了"))


def test_minutes_wait_for_the_session_to_begin():
    story = a_mediation().scheduled().later(days=4, hours=2)
    with pytest.raises(Refused, match="session_not_begun"):
        story.later(seconds=-1).do(asked.WriteMinutes(MEDIATION, "谈了"))
    held = story.do(asked.WriteMinutes(MEDIATION, "谈了"))
    assert held.last == (happened.MinutesWritten("谈了"), happened.SessionHeld(SESSION))
    assert isinstance(held.state, Drafting)


def test_minutes_may_be_added_to():
    held = a_mediation().held().do(asked.WriteMinutes(MEDIATION, "补充"))
    assert held.state.held.minutes == ("谈了后门", "补充")
    assert held.last == (happened.MinutesWritten("补充"),)


def test_an_absence_is_a_fact_recorded_once_and_a_move_clears_it():
    absent = a_mediation().begun().do(asked.RecordAbsence(MEDIATION, "respondent"))
    assert absent.state.absent == ("respondent",)
    assert absent.do(asked.RecordAbsence(MEDIATION, "respondent")).last == ()
    moved = absent.do(asked.MoveToTime(MEDIATION, a_slot(days=9), fits=True, reason="没来"))
    assert moved.state.absent == ()


def test_a_caucus_note_leaves_its_words_out_of_state_and_events():
    story = a_mediation().held().do(asked.WriteCaucusNote(MEDIATION, NOTE))
    assert story.last == (happened.CaucusNoteWritten(NOTE),)
    assert story.state == a_mediation().held().state


def test_a_session_lasts_what_the_rules_say():
    assert SLOTS[0].ends_at - SLOTS[0].starts_at == RULES.session == timedelta(minutes=90)
