"""What a case is about is put right before it is taken on: days, danger and names follow what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.complaints import commands as c
from services.complaints.clocks import Timetable
from services.complaints.decisions import decide, evolve
from services.complaints.decisions.state import AwaitingTriage, running_clock, status_of
from services.complaints.schedule import timers_of
from services.complaints.sentences import step
from shared.errors import Invalid, NotNow
from tests.unit.complaints.cases import (
    CASE,
    EXAMPLES,
    NIGHT,
    SHOP,
    TIMETABLE,
    ZHOU,
    a,
    after,
    asked_by,
    events_of,
)

CORRECT, _ = EXAMPLES[c.CorrectCategory]
assert isinstance(CORRECT, c.CorrectCategory)


def test_it_is_of_the_new_kind_from_now_on_and_the_step_names_both():
    [corrected] = events_of(a(AwaitingTriage), CORRECT, "coordinator")
    file = evolve(a(AwaitingTriage), corrected).file
    assert (file.category, file.subcategory, file.category_version) == ("sanitation", "cooking_fumes", 0)
    assert (file.alarm, file.respondents) == (None, (SHOP,))
    said = step(corrected, "en")
    assert "Bar music" in said or "bar" in said.lower()
    assert "fumes" in said.lower()


def test_its_days_are_counted_by_the_new_kind_from_the_day_they_began():
    own = TIMETABLE.rules.with_own(
        TIMETABLE.rules.set(
            "triage.sanitation",
            5,
            effective_from=NIGHT.date(),
            source="tests",
            by=ZHOU,
            at=NIGHT,
            today=NIGHT.date(),
        )
    )
    later = asked_by("coordinator", NIGHT + timedelta(days=1), Timetable(own, TIMETABLE.calendar))
    case = a(AwaitingTriage)
    [corrected] = decide(case, CORRECT, later)
    moved = evolve(case, corrected)
    assert (running_clock(case).until, running_clock(moved).until) == (date(2026, 3, 16), date(2026, 3, 19))
    assert {timer.kind for timer in timers_of(moved, later.timetable).values()} >= {"triage"}


def test_a_contact_that_was_made_is_not_waited_for_again():
    told = after(a(AwaitingTriage), c.SendMessage(CASE, CASE, "complainant", "收到了"), "coordinator")
    kept = after(told, CORRECT, "coordinator")
    assert kept.file.clock("contact") == told.file.clock("contact")


def test_what_is_urgent_of_itself_is_an_emergency_at_once_and_waits_for_a_human():
    danger = after(a(AwaitingTriage), replace(CORRECT, emergency=True), "coordinator")
    assert (status_of(danger), danger.file.alarm.is_unanswered) == ("emergency", True)
    with pytest.raises(NotNow):
        events_of(danger, replace(CORRECT, subcategory="bar_music"), "coordinator")


@pytest.mark.parametrize(
    ("doer", "has_fact", "named"),
    [("known", False, True), ("unknown", False, False), ("unsure", False, False), ("unknown", True, True)],
)
def test_where_nobody_sees_who_did_it_nobody_stays_named_without_a_fact(doer, has_fact, named):
    case = after(a(AwaitingTriage), replace(CORRECT, doer=doer, has_fact=has_fact), "coordinator")
    assert bool(case.file.respondents) is named


def test_to_what_it_is_already_nothing_is_corrected():
    with pytest.raises(Invalid, match="filed_so_already"):
        events_of(a(AwaitingTriage), replace(CORRECT, subcategory="bar_music"), "coordinator")
