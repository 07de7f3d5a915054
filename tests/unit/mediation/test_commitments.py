"""What was promised is confirmed, disputed or overdue; it never disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.decisions.commitments import is_overdue
from services.mediation.state import Performed
from shared.clock import end_of_day
from shared.errors import NotAllowed, NotFound, Refused
from tests.unit.mediation.stories import (
    GU,
    HOME,
    MEDIATION,
    NO_POSTS,
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


def at_the_end_of_the_due_day(story: Story, **by: float) -> Story:
    return replace(story, now=end_of_day(PROMISES[0].due_on) + timedelta(**by))


def test_proof_asks_the_other_side_for_three_working_days():
    story = a_mediation().in_effect().do(PROOF)
    assert story.last == (happened.CommitmentProven(SHUT_DOOR, "照片", date(2026, 3, 27), date(2026, 3, 24)),)


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


def test_what_fell_due_can_still_be_proven_and_confirmed():
    due = at_the_end_of_the_due_day(a_mediation().in_effect()).do(DUE)
    assert due.do(PROOF, CONFIRMED).state.commitments[0].status == "confirmed"
