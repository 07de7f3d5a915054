"""What was promised is confirmed, disputed or overdue; it never disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation import publish
from services.mediation.decisions.canonical import words_of
from services.mediation.decisions.commitments import done_by, find, is_overdue
from services.mediation.decisions.court import may_be_handed_over
from services.mediation.documents.papers import agreement_paper, performance_paper
from services.mediation.forms import CommitmentForm
from services.mediation.state import Performed, Performing, Promise, places_of
from shared.clock import end_of_day
from shared.errors import NotAllowed, NotFound, Refused
from tests.unit.mediation.stories import (
    GU,
    HOME,
    MEDIATION,
    NO_POSTS,
    NOON,
    PROMISES,
    SHOP,
    SHUT_DOOR,
    Story,
    a_mediation,
    an_id,
)

PROOF = asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")
CONFIRMED = asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME)
DISPUTED = asked.DisputeCommitment(MEDIATION, SHUT_DOOR, HOME, "没关")
DUE = asked.FallDue(MEDIATION, SHUT_DOOR)
LAST_DAY = PROMISES[0].due_on
AHEAD = asked.RemindAhead(MEDIATION, SHUT_DOOR, LAST_DAY)
REMINDED = happened.CommitmentRemindedAhead(SHUT_DOOR, LAST_DAY)


def at_the_end_of_the_due_day(story: Story, **by: float) -> Story:
    return replace(story, now=end_of_day(PROMISES[0].due_on) + timedelta(**by))


def test_proof_asks_the_other_side_for_three_working_days():
    story = a_mediation().in_effect().do(PROOF)
    assert story.last == (happened.CommitmentProven(SHUT_DOOR, "照片", date(2026, 3, 27), date(2026, 3, 24)),)


def test_a_proof_names_the_pictures_that_show_it_and_the_next_proof_its_own():
    first, second = an_id(701), an_id(702)
    proven = a_mediation().in_effect().do(replace(PROOF, evidence=(first,)))
    [told] = [publish.contracts(proven.state, one) for one in proven.last]
    assert told[0].evidence_ids == (first,)
    again = proven.do(DISPUTED, replace(PROOF, text="这次关了", evidence=(second,)))
    assert find(again.state, SHUT_DOOR).evidence == (second,)


def test_the_last_confirmation_makes_it_performed():
    story = a_mediation().in_effect().do(PROOF, CONFIRMED)
    assert story.last == (happened.CommitmentConfirmed(SHUT_DOOR),)
    story = story.do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
    assert story.last == (happened.CommitmentConfirmed(NO_POSTS), happened.CommitmentsPerformed())
    assert isinstance(story.state, Performed)


def test_confirming_twice_changes_nothing():
    assert a_mediation().in_effect().do(CONFIRMED, CONFIRMED).last == ()


@pytest.mark.parametrize(
    "command",
    [
        asked.ProveCommitment(MEDIATION, SHUT_DOOR, HOME, "照片"),
        asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, SHOP),
        asked.DisputeCommitment(MEDIATION, SHUT_DOOR, SHOP, "没关"),
    ],
)
def test_nobody_speaks_for_the_other_side(command: asked.Command):
    with pytest.raises(NotAllowed):
        a_mediation().in_effect().do(command)


def test_a_stranger_to_the_matter_or_a_stray_commitment_is_not_found():
    story = a_mediation().in_effect()
    with pytest.raises(NotFound):
        story.do(replace(CONFIRMED, party=GU))
    with pytest.raises(NotFound):
        story.do(replace(CONFIRMED, commitment_id=an_id(99)))


def test_only_what_was_proven_can_be_disputed():
    with pytest.raises(Refused, match="nothing_to_dispute"):
        a_mediation().in_effect().do(DISPUTED)


def test_a_disputed_commitment_stays_and_may_be_proven_again():
    story = a_mediation().in_effect().do(PROOF, DISPUTED)
    assert story.state.commitments[0].status == "disputed"
    again = story.do(replace(PROOF, text="新照片")).state.commitments[0]
    assert (again.status, again.proof, again.dispute) == ("proven", "新照片", None)


@pytest.mark.parametrize(
    ("steps", "code"), [((PROOF,), "already_proven"), ((CONFIRMED,), "already_confirmed")]
)
def test_proof_is_given_once(steps: tuple[asked.Command, ...], code: str):
    with pytest.raises(Refused, match=code):
        a_mediation().in_effect().do(*steps, PROOF)


def test_a_reminder_comes_once_when_the_due_day_is_over_and_not_a_moment_before():
    story = a_mediation().in_effect()
    assert at_the_end_of_the_due_day(story, microseconds=-1).do(DUE).last == ()
    due = at_the_end_of_the_due_day(story).do(DUE)
    assert due.last == (happened.CommitmentFellDue(SHUT_DOOR, proven=False),)
    assert due.later(days=30).do(DUE).last == ()


def test_a_reminder_says_whose_turn_it_is():
    due = at_the_end_of_the_due_day(a_mediation().in_effect().do(PROOF)).do(DUE)
    assert due.last == (happened.CommitmentFellDue(SHUT_DOOR, proven=True),)


def test_what_is_confirmed_in_time_needs_no_reminder():
    assert at_the_end_of_the_due_day(a_mediation().in_effect().do(CONFIRMED)).do(DUE).last == ()


def test_what_is_overdue_shows_without_waiting_for_the_timer():
    commitment = a_mediation().in_effect().state.commitments[0]
    midnight = end_of_day(PROMISES[0].due_on)
    assert not is_overdue(commitment, midnight - timedelta(microseconds=1))
    assert is_overdue(commitment, midnight)
    assert not is_overdue(replace(commitment, status="confirmed"), midnight)


class TestShownOnTheLastDay:
    """How long the other side takes to confirm what was shown in time is not its owner's delay."""

    SHOWN = replace(a_mediation().in_effect(), now=end_of_day(LAST_DAY) - timedelta(minutes=1)).do(PROOF)

    def test_it_is_not_overdue_while_it_waits_for_the_other_side(self):
        waiting = at_the_end_of_the_due_day(self.SHOWN, days=2)
        assert not is_overdue(waiting.state.commitments[0], waiting.now)
        assert not may_be_handed_over(waiting.state, waiting.now)

    def test_it_is_once_the_other_side_says_that_it_is_not_done(self):
        disputed = at_the_end_of_the_due_day(self.SHOWN, days=1).do(DISPUTED)
        assert is_overdue(disputed.state.commitments[0], disputed.now)

    def test_shown_a_minute_later_it_is(self):
        late = at_the_end_of_the_due_day(a_mediation().in_effect()).do(PROOF)
        assert is_overdue(late.state.commitments[0], late.now)

    def test_confirmed_the_day_after_it_was_done_on_its_day(self):
        kept = at_the_end_of_the_due_day(self.SHOWN, hours=10).do(
            CONFIRMED, asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP)
        )
        [performed] = publish.contracts(kept.state, kept.last[-1])
        assert performed.done_by == PROMISES[1].due_on
        assert done_by(kept.state.commitments[:1]) == LAST_DAY

    def test_what_fell_due_and_was_confirmed_without_proof_names_no_day(self):
        fell = at_the_end_of_the_due_day(a_mediation().in_effect()).do(DUE, CONFIRMED)
        assert done_by(fell.state.commitments) is None


def test_what_fell_due_can_still_be_proven_and_confirmed():
    due = at_the_end_of_the_due_day(a_mediation().in_effect()).do(DUE)
    assert due.do(PROOF, CONFIRMED).state.commitments[0].status == "confirmed"


class TestRemindedAhead:
    """Once before each last day, and never of what is shown to be done."""

    def test_whoever_owes_it_is_reminded_once(self):
        story = a_mediation().in_effect().do(AHEAD)
        assert story.last == (REMINDED,)
        assert story.do(AHEAD).last == ()

    def test_not_once_it_is_proven_or_confirmed(self):
        assert a_mediation().in_effect().do(PROOF, AHEAD).last == ()
        assert a_mediation().in_effect().do(CONFIRMED, AHEAD).last == ()

    def test_again_where_the_proof_was_disputed(self):
        assert a_mediation().in_effect().do(PROOF, DISPUTED, AHEAD).last == (REMINDED,)

    def test_a_day_that_was_moved_is_reminded_of_in_its_turn(self):
        later = LAST_DAY + timedelta(days=7)
        story = a_mediation().in_effect().do(asked.GrantDay(MEDIATION, SHUT_DOOR, HOME, later))
        assert story.do(AHEAD).last == ()
        assert story.do(replace(AHEAD, due_on=later)).last == (
            happened.CommitmentRemindedAhead(SHUT_DOOR, later),
        )

    def test_of_what_its_owner_will_not_do_nobody_is_reminded(self):
        declined = asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP)
        assert a_mediation().in_effect().do(declined, AHEAD).last == ()

    def test_when_the_day_is_over_it_is_too_late(self):
        assert at_the_end_of_the_due_day(a_mediation().in_effect()).do(AHEAD).last == ()


class TestSteps:
    """What is done several times is a commitment for each day, and one promise."""

    PHOTO, AGAIN, WHOLE = an_id(71), an_id(72), an_id(73)
    MONTHLY = tuple(
        Promise(which, "respondent", "每月1日拍定时器照片", "照片", day, an_id(73))
        for which, day in ((an_id(71), date(2026, 4, 1)), (an_id(72), date(2026, 5, 1)))
    )

    def test_its_steps_share_a_number_and_count_up(self):
        places = places_of((PROMISES[0], *self.MONTHLY, PROMISES[1]))
        assert [(one.number, one.step, one.steps) for one in places.values()] == [
            (1, 1, 1),
            (2, 1, 2),
            (2, 2, 2),
            (3, 1, 1),
        ]

    def test_it_is_performed_when_all_its_steps_are(self):
        story = a_mediation().in_effect(promises=self.MONTHLY)
        story = story.do(asked.ConfirmCommitment(MEDIATION, self.PHOTO, HOME))
        assert story.last == (happened.CommitmentConfirmed(self.PHOTO),)
        story = story.do(asked.ConfirmCommitment(MEDIATION, self.AGAIN, HOME))
        assert story.last == (happened.CommitmentConfirmed(self.AGAIN), happened.CommitmentsPerformed())

    def test_each_is_proven_for_itself(self):
        story = a_mediation().in_effect(promises=self.MONTHLY)
        proven = story.do(asked.ProveCommitment(MEDIATION, self.PHOTO, SHOP, "照片")).state
        assert [one.status for one in proven.commitments] == ["proven", "open"]

    def test_the_paper_names_all_its_days_in_one_line(self):
        state = a_mediation().in_effect(promises=self.MONTHLY).state
        assert isinstance(state, Performing)
        lines = [line for part in agreement_paper(state, "zh-CN").sections for line in part.lines]
        assert any("2026年4月1日、2026年5月1日" in line and line.startswith("1. ") for line in lines)
        kept = [line for part in performance_paper(state, NOON, "zh-CN").sections for line in part.lines]
        assert [line[:3] for line in kept if "定时器" in line] == ["1.1", "1.2"]

    def test_what_is_no_step_keeps_the_hash_it_was_signed_under(self):
        content = a_mediation().drafted().state.content
        assert all("step_of" not in one for one in words_of(content)["promises"])
        stepped = replace(content, promises=self.MONTHLY)
        assert {one["step_of"] for one in words_of(stepped)["promises"]} == {self.WHOLE}


class TestForm:
    def test_days_become_steps_of_one_promise(self):
        said = {"owner_side": "respondent", "what": "照片", "due_on": "2026-12-01"}
        first, second = CommitmentForm(**said, steps=["2026-11-01", "2026-12-01"]).promises()
        assert [first.due_on, second.due_on] == [date(2026, 11, 1), date(2026, 12, 1)]
        assert first.step_of == second.step_of is not None
        assert CommitmentForm(**said).promises()[0].step_of is None

    @pytest.mark.parametrize(
        "steps",
        [
            ["2026-12-01", "2026-11-01"],
            ["2026-11-01"],
            ["2026-12-01", "2026-12-01"],
            ["2026-12-01", "2026-12-02"],
        ],
    )
    def test_the_days_follow_one_another_and_end_with_the_day_named(self, steps: list[str]):
        with pytest.raises(ValidationError):
            CommitmentForm(owner_side="respondent", what="照片", due_on="2026-12-01", steps=steps)
