"""Not coming is a fact: explained, excused, set right by one more time, and never a penalty."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from services.mediation import commands as asked
from services.mediation.decisions.absences import counted
from services.mediation.events import AbsenceRecorded, DefaultChosen, DefaultPathOpened, MediationFailed
from services.mediation.publish import contracts
from services.mediation.state import Ended, Scheduled
from shared.clock import SHANGHAI
from shared.contracts import mediation as told
from shared.errors import Invalid, NotAllowed, Refused
from tests.unit.mediation.stories import HOME, MEDIATION, SHOP, THIRD_SLOT, Story, a_mediation

EXCUSE = asked.ExcuseAbsence(MEDIATION, "respondent", date(2026, 3, 29))


def choose(choice: str, party: object = HOME) -> asked.ChooseDefault:
    return asked.ChooseDefault(MEDIATION, party, choice)  # type: ignore[arg-type]


def scheduled(story: Story) -> Scheduled:
    assert isinstance(story.state, Scheduled)
    return story.state


def test_the_first_absence_is_recorded_and_nothing_follows_but_another_time():
    story = a_mediation().missed()
    assert story.last == (AbsenceRecorded("respondent", date(2026, 3, 24), 20),)
    assert scheduled(story).default is None
    moved = scheduled(story.moved())
    assert (moved.absent, moved.moves) == ((), 0)
    assert counted(moved.absences, "respondent") == 1


def test_twice_at_one_session_is_once():
    assert a_mediation().missed().do(asked.RecordAbsence(MEDIATION, "respondent")).last == ()


def test_the_second_lets_the_side_that_came_choose_within_days_of_its_own():
    story = a_mediation().missed_twice()
    assert DefaultPathOpened("respondent", date(2026, 4, 1)) in story.last
    assert isinstance(story.state, Scheduled)


@pytest.mark.parametrize("choice", ["again", "refer", "fail"])
def test_whoever_stayed_away_chooses_nothing(choice: str):
    with pytest.raises(NotAllowed):
        a_mediation().missed_twice().do(choose(choice, SHOP))


def test_nothing_is_chosen_by_silence():
    story = a_mediation().missed_twice().later(days=30).do(asked.CarryOutDefault(MEDIATION))
    assert isinstance(story.state, Scheduled)


def test_the_end_comes_at_once_and_names_why():
    story = a_mediation().missed_twice().do(choose("fail"))
    assert isinstance(story.state, Ended)
    assert story.last[-1] == MediationFailed("absent")


def test_the_authority_only_after_a_working_day_until_which_it_may_be_changed():
    story = a_mediation().missed_twice().do(choose("refer"))
    [chosen] = story.last
    assert isinstance(chosen, DefaultChosen)
    assert chosen.takes_effect_at == datetime(2026, 3, 30, 9, tzinfo=SHANGHAI)
    assert story.do(asked.CarryOutDefault(MEDIATION)).last == ()
    then = story.later(days=3)
    assert then.do(asked.CarryOutDefault(MEDIATION)).last == (
        MediationFailed("absent", wishes_referral=True),
    )
    assert then.do(choose("again"), asked.CarryOutDefault(MEDIATION)).last == ()


def test_no_time_is_set_over_the_head_of_those_who_choose():
    story = a_mediation().missed_twice()
    with pytest.raises(Refused, match="default_path_open"):
        story.moved(THIRD_SLOT)
    assert scheduled(story.do(choose("again")).moved(THIRD_SLOT)).default is None


def test_an_excused_absence_counts_no_more_and_closes_the_choice():
    story = a_mediation().missed_twice().later(days=1).do(EXCUSE)
    assert counted(scheduled(story).absences, "respondent") == 1
    assert scheduled(story).default is None


def test_a_choice_already_made_is_asked_for_once_more():
    story = a_mediation().missed_twice().do(choose("refer")).later(days=1).do(EXCUSE)
    path = scheduled(story).default
    assert path is not None
    assert (path.choice, path.takes_effect_at, path.excused) == (None, None, True)
    assert story.later(days=5).do(asked.CarryOutDefault(MEDIATION)).last == ()
    [excused] = contracts(story.state, story.last[0])  # type: ignore[arg-type]
    assert isinstance(excused, told.AbsenceExcused)
    assert (excused.asks_again, excused.to) == (True, (HOME,))


def test_what_excuses_it_was_seen_and_lies_not_in_the_future():
    with pytest.raises(Invalid):
        a_mediation().missed().do(asked.ExcuseAbsence(MEDIATION, "respondent", date(2026, 4, 30)))
    with pytest.raises(Refused, match="no_absence"):
        a_mediation().missed().do(asked.ExcuseAbsence(MEDIATION, "complainant", date(2026, 3, 24)))


def test_each_side_hears_of_it_in_words_of_its_own_and_the_reason_never_leaves():
    story = a_mediation().missed()
    own, other = contracts(story.state, story.last[0])  # type: ignore[arg-type]
    assert (own.own, own.to, other.own, other.to) == (True, (SHOP,), False, (HOME,))  # type: ignore[attr-defined]
    explained = story.do(asked.ExplainAbsence(MEDIATION, "respondent", "送医院了"))
    assert contracts(explained.state, explained.last[0]) == []  # type: ignore[arg-type]


def test_of_talks_held_apart_the_other_side_is_told_nothing():
    story = a_mediation(hidden=True).scheduled().later(days=4, hours=2)
    story = story.do(asked.RecordAbsence(MEDIATION, "respondent"))
    assert [one.own for one in contracts(story.state, story.last[0])] == [True]  # type: ignore[arg-type,attr-defined]


def test_a_move_after_an_absence_is_not_one_of_the_moves_people_may_ask_for():
    story = a_mediation().scheduled()
    for slot in (0, 1):
        story = story.do(asked.MoveToTime(MEDIATION, story.times()[1 + slot], fits=True, reason="有事"))
    story = story.later(days=6, hours=2).do(asked.RecordAbsence(MEDIATION, "respondent"))
    assert scheduled(story.moved()).moves == 2
    assert story.now - timedelta(days=6, hours=2) < story.now
