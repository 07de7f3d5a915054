"""Which requests and reminders are kept back at which event, and that nothing required ever is."""

from __future__ import annotations

import pytest

from services.notifications.events import MailSpared
from services.notifications.notice import facts_for
from services.notifications.publish import About, contracts
from services.notifications.reminding import KINDS, OF_SESSION, REMINDERS, SETTLING, Idle, idle_after
from services.notifications.rules import KINDS as TOLD
from services.notifications.wishes import GROUPS, group_of
from shared.contracts import complaints as c
from shared.contracts import mediation as m

from .news import LIN, MA, an_event, every_event


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_be_kept_back_is_told_at_some_event_and_never_required(kind):
    assert kind in TOLD
    assert group_of(kind) == "my_turn"


def test_all_that_asks_for_a_word_may_be_kept_back():
    assert {*GROUPS["my_turn"]} <= {*KINDS}


def test_a_question_in_confidence_is_kept_back_with_the_end_of_the_matter_alone():
    """Whether somebody asked about their neighbours has answered is told to nobody, so only the end settles it."""
    settling = [event for event in every_event() for one in idle_after(event) if "inquiry_asked" in one.kinds]
    assert {type(event) for event in settling} == {c.InquiryOver}
    assert idle_after(settling[0]) == [Idle(("inquiry_asked",))]


def test_what_reminds_is_told_apart_from_what_asks_first():
    assert {*KINDS} > {*REMINDERS} > {"slots_reminder", "session_near", "guest_near", "commitment_soon_due"}
    assert {"slots_to_answer", "commitment_to_confirm", "survey_asked"}.isdisjoint(REMINDERS)


def test_each_event_keeps_back_what_it_settles_and_no_other_does():
    for event in every_event():
        idle = idle_after(event)
        assert bool(idle) == isinstance(event, SETTLING), event.TYPE
        assert {kind for one in idle for kind in one.kinds} <= {*KINDS}


def test_of_a_word_it_is_what_asks_for_it_and_reminds_of_it_to_those_who_said_it():
    spoken = an_event(m.WordSettled, word="slots", to=(MA,))
    kinds = ("slots_to_answer", "guest_slots", "slots_reminder")
    assert idle_after(spoken) == [Idle(kinds, (MA,), spoken.of)]
    assert idle_after(an_event(c.WordSettled, word="survey", to=(LIN,))) == [
        Idle(("survey_asked", "survey_reminder"), (LIN,))
    ]


@pytest.mark.parametrize(
    ("asked", "settled_by"),
    [
        (c.PledgeOffered, c.PledgeAnswered),
        (c.PledgeProven, c.PledgeConfirmed),
        (c.PledgeProven, c.PledgeDisputed),
        (c.PledgeDisputed, c.PledgeProven),
        (m.MediatorProposed, m.MediatorPassed),
        (m.SessionNear, m.SessionScheduled),
        (m.SessionNear, m.SessionCancelled),
        (m.SessionNear, m.SessionHeld),
        (m.CommitmentSoonDue, m.CommitmentProven),
        (m.CommitmentProven, m.CommitmentDisputed),
        (m.CommitmentDisputed, m.CommitmentProven),
        (m.CommitmentDue, m.CommitmentGranted),
    ],
)
def test_what_was_asked_says_of_what_by_the_name_that_settles_it(asked, settled_by):
    """And of nothing else: another pledge, session or promise of the same case is still to be heard of."""
    [idle, *_] = idle_after(an_event(settled_by))
    facts = facts_for("complainant", an_event(asked))
    assert getattr(facts, idle.named_by) is not None
    assert idle.of is not None


def test_times_are_known_by_the_first_of_them():
    asked = an_event(m.SlotsProposed)
    assert facts_for("respondent", asked).of == asked.slots[0].slot_id


def test_a_session_moved_or_called_off_is_reminded_of_to_nobody_and_another_still_is():
    moved = an_event(m.SessionScheduled, moved=True)
    near, times = idle_after(moved)
    assert near == Idle(OF_SESSION, None, moved.session_id, "session_id")
    assert times == Idle(("guest_slots",))


def test_a_later_day_leaves_what_was_found_not_done_to_be_done():
    granted, waived = (
        idle_after(an_event(one))[0].kinds for one in (m.CommitmentGranted, m.CommitmentWaived)
    )
    assert "commitment_disputed" not in granted
    assert "commitment_disputed" in waived


def test_a_case_that_is_over_asks_for_nothing_and_leaves_the_court_its_last_day():
    [over] = idle_after(an_event(c.CaseClosed))
    assert over.members is None
    assert "survey_reminder" in over.kinds
    assert "court_reminder" not in over.kinds


def test_other_services_hear_nothing_of_it():
    about = About(LIN, LIN, LIN, MA, "slots_reminder")
    assert contracts(about, MailSpared(0), channel="mail") == []
