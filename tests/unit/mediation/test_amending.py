"""What was agreed changes by everybody's consent alone; until then the old promise holds, and none disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.mediation import commands as asked
from services.mediation import events as happened
from services.mediation.decisions.commitments import done_by, is_overdue, late_days
from services.mediation.state import Commitment, Mediation, Party, Performed, Performing
from shared.clock import end_of_day
from shared.errors import Invalid, NotAllowed, Refused
from tests.unit.mediation.stories import (
    AMENDMENT,
    FILTER,
    GU,
    HOME,
    MEDIATION,
    NO_POSTS,
    PARTIES,
    PROMISES,
    SHOP,
    SHUT_DOOR,
    Story,
    a_mediation,
    an_amendment,
    an_id,
    an_opening,
    signs,
)

GRANTED = asked.GrantDay(MEDIATION, SHUT_DOOR, HOME, date(2026, 4, 10))
IMPOSSIBLE = asked.MarkImpossible(MEDIATION, SHUT_DOOR, "墙不能动")
DECLINED = asked.DeclinePerformance(MEDIATION, SHUT_DOOR, SHOP)
PROVEN = asked.ProveCommitment(MEDIATION, SHUT_DOOR, SHOP, "照片")
CONFIRMED = asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME)


def performing(state: Mediation) -> Performing:
    assert isinstance(state, Performing)
    return state


def one(story: Story, which: object = SHUT_DOOR) -> Commitment:
    [found] = [each for each in performing(story.state).commitments if each.promise.commitment_id == which]
    return found


class TestReplacing:
    def test_until_the_last_mark_the_old_promises_hold(self):
        story = a_mediation().amended(marks=1)
        assert {each.status for each in performing(story.state).commitments} == {"open"}

    def test_the_last_mark_puts_the_new_in_the_place_of_the_old(self):
        story = a_mediation().amended()
        assert isinstance(story.last[-1], happened.AmendmentEffective)
        state = performing(story.state)
        assert [(each.status, each.replaced_by) for each in state.commitments] == [
            ("replaced", AMENDMENT),
            ("replaced", AMENDMENT),
            ("open", None),
        ]
        assert (state.amendment, state.agreement.content.terms) == (None, "十点后关门")
        done = story.do(asked.ConfirmCommitment(MEDIATION, FILTER, HOME))
        assert isinstance(done.state, Performed)

    def test_a_mark_needs_every_signature(self):
        story = a_mediation().in_effect().do(an_amendment())
        with pytest.raises(Refused, match="signatures_missing"):
            story.do(asked.MarkAgreement(MEDIATION, AMENDMENT, GU))

    def test_other_words_are_not_what_was_signed(self):
        story = a_mediation().in_effect().do(an_amendment())
        with pytest.raises(Invalid, match="content_changed"):
            story.do(signs(HOME, "0" * 64, AMENDMENT))

    def test_the_hash_names_what_is_replaced(self):
        assert a_mediation().amendment_hash() != a_mediation().amendment_hash(replaces=(SHUT_DOOR,))

    def test_a_new_proposal_makes_the_signatures_void(self):
        story = a_mediation().amended(marks=0).do(an_amendment(replaces=(SHUT_DOOR,)))
        amendment = performing(story.state).amendment
        assert amendment is not None
        assert amendment.signatures == ()

    def test_who_does_not_want_it_leaves_everything_as_it_was(self):
        story = a_mediation().amended(marks=0).do(asked.DeclineAmendment(MEDIATION, SHOP))
        assert performing(story.state).amendment is None
        with pytest.raises(Refused, match="nothing_to_sign"):
            story.do(asked.MarkAgreement(MEDIATION, AMENDMENT, GU))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"replaces": (an_id(99),)}, "/replaces/0"),
            ({"promises": (replace(PROMISES[0], due_on=date(2026, 1, 1)),)}, "/commitments/0/due_on"),
            ({"replaces": (), "promises": ()}, "/replaces"),
        ],
    )
    def test_what_cannot_be_agreed_is_named(self, change: dict[str, object], field: str):
        with pytest.raises(Invalid) as wrong:
            a_mediation().in_effect().do(an_amendment(**change))  # type: ignore[arg-type]
        assert wrong.value.field == field

    def test_what_is_settled_is_replaced_by_nothing(self):
        story = a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, SHUT_DOOR, HOME))
        with pytest.raises(Invalid):
            story.do(an_amendment(replaces=(SHUT_DOOR,)))

    def test_the_change_has_days_of_its_own_to_ask_the_court(self):
        story = a_mediation().amended()
        asked_for = asked.AskCourt(MEDIATION, AMENDMENT, HOME)
        state = performing(story.do(asked_for, asked_for).state)
        assert (state.agreement.asked_court, state.amendments[0].asked_court) == ((), (HOME,))

    def test_replacing_the_last_by_nothing_is_the_end(self):
        assert isinstance(a_mediation().amended(promises=()).state, Performed)


class TestALaterDay:
    def test_done_by_then_it_is_late_and_not_missed(self):
        story = a_mediation().in_effect().do(GRANTED)
        story = replace(story, now=end_of_day(date(2026, 4, 1)) - timedelta(hours=2)).do(PROVEN)
        assert not is_overdue(one(story), story.now)
        assert late_days(one(story)) == 5
        assert done_by(story.do(CONFIRMED).state.commitments) == PROMISES[0].due_on

    def test_shown_after_that_day_it_counts_from_when_it_was(self):
        story = a_mediation().in_effect().do(GRANTED)
        over = replace(story, now=end_of_day(date(2026, 4, 10))).do(PROVEN, CONFIRMED)
        assert done_by(over.state.commitments) == date(2026, 4, 11)

    def test_it_is_missed_when_that_day_is_over_too(self):
        story = a_mediation().in_effect().do(GRANTED)
        due = replace(story, now=end_of_day(PROMISES[0].due_on))
        assert due.do(asked.FallDue(MEDIATION, SHUT_DOOR)).last == ()
        over = replace(story, now=end_of_day(date(2026, 4, 10)))
        assert over.do(asked.FallDue(MEDIATION, SHUT_DOOR)).last == (
            happened.CommitmentFellDue(SHUT_DOOR, proven=False),
        )

    def test_nobody_grants_themselves_a_day_nor_one_that_is_over(self):
        story = a_mediation().in_effect()
        with pytest.raises(NotAllowed):
            story.do(replace(GRANTED, party=SHOP))
        with pytest.raises(Invalid, match="not_later"):
            story.do(replace(GRANTED, until=PROMISES[0].due_on))
        with pytest.raises(Refused, match="day_is_over"):
            replace(story, now=end_of_day(PROMISES[0].due_on)).do(GRANTED)


class TestGivingUp:
    def test_waived_by_all_of_that_side_it_is_settled(self):
        neighbour = an_id(7)
        story = Story().do(an_opening(parties=(*PARTIES, Party(neighbour, "complainant", "home"))))
        story = story.do(*(asked.Consent(MEDIATION, party) for party in (HOME, SHOP, neighbour)))
        agreed = a_mediation().in_effect()
        state = replace(performing(agreed.state), matter=story.state.matter)  # type: ignore[union-attr]
        both = replace(agreed, state=state).do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME))
        assert one(both).status == "open"
        assert one(both.do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, neighbour))).status == "waived"

    def test_the_last_one_waived_is_the_end(self):
        story = a_mediation().in_effect().do(asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        waived = story.do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME))
        assert isinstance(waived.state, Performed)
        assert waived.last[-1] == happened.CommitmentsPerformed()

    @pytest.mark.parametrize("command", [IMPOSSIBLE, DECLINED])
    def test_what_will_not_be_done_stays_until_it_is_settled(self, command: asked.Command):
        story = a_mediation().in_effect().do(command)
        late = replace(story, now=end_of_day(PROMISES[0].due_on))
        assert is_overdue(one(story), late.now)
        assert one(story.do(PROVEN)).status == "proven"
        assert one(story.do(an_amendment(replaces=(SHUT_DOOR,)))).status == one(story).status

    @pytest.mark.parametrize("command", [IMPOSSIBLE, DECLINED])
    def test_the_others_kept_are_not_the_whole(self, command: asked.Command):
        """Also where it is the last one that is not confirmed: the agreement is not performed by that."""
        story = a_mediation().in_effect().do(command, asked.ConfirmCommitment(MEDIATION, NO_POSTS, SHOP))
        assert not performing(story.state).commitments[0].is_settled
        late = story.later(days=60).do(asked.FallDue(MEDIATION, SHUT_DOOR))
        assert not [event for event in late.events if isinstance(event, happened.CommitmentsPerformed)]

    def test_only_the_owner_says_that_it_will_not_be_done(self):
        with pytest.raises(NotAllowed):
            a_mediation().in_effect().do(replace(DECLINED, party=HOME))

    @pytest.mark.parametrize("command", [GRANTED, IMPOSSIBLE, DECLINED, PROVEN])
    def test_nothing_more_is_asked_of_what_is_settled(self, command: asked.Command):
        story = a_mediation().in_effect().do(asked.WaiveCommitment(MEDIATION, SHUT_DOOR, HOME))
        with pytest.raises(Refused, match="already_waived"):
            story.do(command)
