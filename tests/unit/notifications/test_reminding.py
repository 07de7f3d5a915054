"""Which reminders are kept back at which event, and that nothing required ever is."""

from __future__ import annotations

import pytest

from services.notifications.events import MailSpared
from services.notifications.publish import About, contracts
from services.notifications.reminding import KINDS, SETTLING, Reminders, reminders_settled
from services.notifications.rules import KINDS as TOLD
from services.notifications.wishes import group_of
from shared.contracts import complaints as c
from shared.contracts import mediation as m

from .news import LIN, MA, SUN, an_event, every_event


@pytest.mark.parametrize("kind", KINDS)
def test_what_may_be_kept_back_is_told_at_some_event_and_never_required(kind):
    assert kind in TOLD
    assert group_of(kind) == "my_turn"


def test_every_reminder_may_be_kept_back():
    assert {kind for kind in TOLD if kind.endswith("_reminder")} <= {*KINDS}


def test_each_event_keeps_back_what_it_settles_and_no_other_does():
    for event in every_event():
        settled = reminders_settled(event)
        assert bool(settled) == isinstance(event, SETTLING), event.TYPE
        assert {kind for one in settled for kind in one.kinds} <= {*KINDS}


def test_of_a_word_it_is_the_reminders_of_that_word_to_those_who_said_it():
    spoken = an_event(m.WordSettled, word="slots", to=(MA,))
    assert reminders_settled(spoken) == [Reminders(("slots_reminder",), (MA,), spoken.of)]
    assert reminders_settled(an_event(c.WordSettled, word="survey", to=(LIN,))) == [
        Reminders(("survey_reminder",), (LIN,))
    ]


def test_of_what_was_promised_it_is_the_one_promise_alone():
    proven = an_event(m.CommitmentProven)
    assert reminders_settled(proven) == [
        Reminders(("commitment_soon_due",), (MA,), proven.commitment_id, "commitment_id")
    ]


def test_a_case_that_is_over_reminds_nobody_of_it_and_leaves_the_court_its_last_day():
    [over] = reminders_settled(an_event(c.CaseClosed))
    assert set(over.members) == {LIN, SUN, MA}
    assert "survey_reminder" in over.kinds
    assert "court_reminder" not in over.kinds


def test_other_services_hear_nothing_of_it():
    about = About(LIN, LIN, LIN, MA, "slots_reminder")
    assert contracts(about, MailSpared(0), channel="mail") == []
