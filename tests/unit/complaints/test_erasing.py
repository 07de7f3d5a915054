"""A case that has ended for good gives back what somebody said and brought; any other one stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import Any, get_args, get_type_hints

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.decisions import evolve
from services.complaints.decisions.erasing import obligation
from services.complaints.decisions.state import AwaitingAnswer, Case, Closed
from services.complaints.storage import EVENTS
from services.complaints.words import SILENT, WORDS, said_in, without_words
from tests.unit.complaints.cases import CASE, EXHIBIT, HOME, NIGHT, PHOTO, SHOP, a, asked_by, events_of

YEARS = timedelta(days=800)


def closed_with_a_photo() -> Case:
    case = a(Closed)
    brought = e.EvidenceAdded(EXHIBIT, "photo", "complainant", HOME, PHOTO, None, "窗口", sealed=False)
    return evolve(case, brought)


def test_only_a_case_that_can_not_be_taken_up_again_stands_against_nothing():
    case = a(Closed)
    soon, late = asked_by("system", NIGHT), asked_by("system", NIGHT + YEARS)
    clock = case.file.clock("reopen")
    assert clock is not None
    found = obligation(case, replace(soon, now=clock.ends_at - timedelta(minutes=1)))
    assert found is not None
    assert (found.ground, found.reference, found.until) == (
        "may_be_reopened",
        case.file.reference,
        clock.until,
    )
    assert obligation(case, late) is None


@pytest.mark.parametrize("state", sorted(set(get_args(Case)) - {Closed}, key=lambda one: one.__name__))
def test_whatever_runs_stands_against_it(state: Any):
    found = obligation(a(state), asked_by("system", NIGHT + YEARS))
    assert found is not None
    assert found.ground == "open_case"


def test_what_somebody_brought_goes_and_what_others_brought_stays():
    case = closed_with_a_photo()
    when = NIGHT + YEARS
    [erased] = events_of(case, c.ErasePerson(CASE, (HOME,)), "system", when)
    assert isinstance(erased, e.PersonErased)
    assert erased.evidence == (EXHIBIT,)
    exhibit = reduce(evolve, [erased], case).file.exhibit(EXHIBIT)
    assert (exhibit.shown, exhibit.content, exhibit.masked) == ("erased", None, None)

    [other] = events_of(case, c.ErasePerson(CASE, (SHOP,)), "system", when)
    assert other.evidence == ()


def test_nothing_goes_while_the_case_runs():
    assert events_of(a(AwaitingAnswer), c.ErasePerson(CASE, (HOME,)), "system", NIGHT + YEARS) == []


def test_what_remains_of_a_step_can_be_read_and_says_nothing():
    sent = e.PartyAnswered(date(2026, 3, 20), SHOP, "agree", "好的")
    remains = without_words(sent)
    assert remains == replace(sent, text="")
    assert said_in(remains) == {}
    assert EVENTS.load(*EVENTS.dump(remains)) == remains


@pytest.mark.parametrize("event", WORDS)
def test_silence_fits_every_field_it_stands_in(event: type[Any]):
    for name in WORDS[event]:
        kind = get_type_hints(event)[name]
        assert SILENT[name] is not None or type(None) in get_args(kind), name
