"""Who else is concerned is served and heard for themselves; the month and the first answer stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints import publish, sentences, views
from services.complaints.decisions import Circumstances, Standing, State, decide, evolve, possible_commands
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    Deliberating,
    running_clock,
)
from services.complaints.people import People
from services.complaints.policy import waits_for
from services.complaints.schedule import timers_of
from services.complaints.storage import Listed
from shared.clock import SHANGHAI
from shared.errors import Invalid, NotNow
from tests.unit.complaints.cases import (
    ALLIANCE,
    CASE,
    MA,
    NIGHT,
    OWNER,
    SHOP,
    TIMETABLE,
    XU,
    a,
    after,
    asked_by,
    events_of,
)

ADD = c.AddParty(CASE, OWNER, "respondent", "owner")
ANSWER = c.AnswerCase(CASE, "dispute", "烟道不归我管")
ROUTE = c.RouteCase(CASE, "mediation")


def the_owner(days: int = 0) -> Circumstances:
    return Circumstances(Standing("respondent", OWNER), NIGHT + timedelta(days=days), TIMETABLE)


def with_owner(state: type[State], *, served: bool = True) -> State:
    case = after(a(state), ADD, "coordinator")
    return after(case, c.ServeParty(CASE, OWNER, "inbox"), "system") if served else case


def heard(case: State, at: Circumstances) -> State:
    for event in decide(case, ANSWER, at):
        case = evolve(case, event)
    return case


@pytest.mark.parametrize("state", [AwaitingService, AwaitingAnswer, AwaitingRoute])
def test_whoever_is_added_stands_on_their_side_and_the_case_stays_where_it_is(state: type[State]):
    case = with_owner(state, served=False)
    assert isinstance(case, state)
    assert case.file.side_of(OWNER) == "respondent"
    assert case.file.clock("mediation") == a(state).file.clock("mediation")
    assert case.file.clock("party_answer") is None


def test_their_days_run_from_their_own_notice():
    case = with_owner(AwaitingRoute)
    clock = case.file.clock("party_answer", OWNER)
    assert clock is not None
    assert (clock.since, clock.until) == (date(2026, 3, 12), date(2026, 3, 19))
    assert any(timer.kind == "party_answer" for timer in timers_of(case, TIMETABLE).values())


def test_they_read_their_own_last_day_and_everybody_else_the_first_respondents():
    later = NIGHT + timedelta(days=4)
    case = after(a(AwaitingAnswer), ADD, "coordinator", later)
    untold = sentences.next_step(case, the_owner(4), "en")
    assert untold == "A matter waits for your answer; you may answer now."
    case = after(case, c.ServeParty(CASE, OWNER, "inbox"), "system", later)
    first, own = case.file.clock("answer"), case.file.clock("party_answer", OWNER)
    assert own.since == later.date() > first.since
    assert running_clock(case, OWNER) == own
    assert running_clock(case, SHOP) == running_clock(case) == first
    assert "by March 23, 2026" in sentences.next_step(case, the_owner(4), "en")
    others = replace(own, of=SHOP, until=first.until)
    assert running_clock(replace(case, file=case.file.with_clock(others)), OWNER) == own

    assert running_clock(heard(case, the_owner(4)), OWNER) == first


def test_their_calendar_has_no_day_of_somebody_elses_answer():
    case = with_owner(AwaitingAnswer)
    for party, days in ((OWNER, {"party_answer"}), (SHOP, {"answer", "party_answer"})):
        listed = Listed(case, Standing("respondent", party), NIGHT)
        assert {one.what for one in views.days([listed])} & {"answer", "party_answer"} == days


def test_they_alone_are_reminded_before_their_days_are_over_and_not_once_they_answered():
    warn, due = c.WarnOfClock(CASE, "party_answer", OWNER), datetime(2026, 3, 17, 8, tzinfo=SHANGHAI)
    case = with_owner(AwaitingRoute)
    [warned] = events_of(case, warn, "system", due)
    telling = publish.Telling(case, ALLIANCE, People({SHOP: MA, OWNER: XU}))
    [told] = publish.contracts_of(telling, warned)
    assert (told.word, told.to, told.until) == ("answer", (XU,), date(2026, 3, 19))
    assert events_of(heard(case, the_owner()), warn, "system", due) == []


def test_a_mail_counts_a_day_after_it_was_delivered():
    [served] = events_of(with_owner(AwaitingRoute, served=False), c.ServeParty(CASE, OWNER, "mail"), "system")
    assert isinstance(served, e.PartyServed)
    assert served.answer.since == date(2026, 3, 13)


def test_served_twice_they_keep_their_first_day():
    other = c.AddParty(CASE, OWNER.__class__(int=14), "respondent", "operator")
    case = after(with_owner(AwaitingRoute), other, "coordinator")
    assert events_of(case, c.ServeParty(CASE, OWNER, "visit"), "coordinator") == []


def test_nobody_else_is_served():
    with pytest.raises(Invalid):
        events_of(with_owner(AwaitingRoute, served=False), c.ServeParty(CASE, CASE, "visit"), "coordinator")


@pytest.mark.parametrize("state", [AwaitingService, AwaitingAnswer, AwaitingRoute])
def test_they_answer_once_for_themselves_and_the_first_respondent_still_has_the_word(state: type[State]):
    case = heard(with_owner(state), the_owner())
    assert isinstance(case, state)
    assert case.file.added[0].answer == "dispute"
    assert case.file.clock("party_answer", OWNER).state == "met"  # type: ignore[union-attr]
    with pytest.raises(NotNow):
        decide(case, ANSWER, the_owner())
    assert (c.AnswerCase in possible_commands(case, asked_by("respondent"))) == (state is not AwaitingRoute)


def test_whoever_answers_before_the_notice_was_read_has_been_reached():
    events = decide(with_owner(AwaitingAnswer, served=False), ANSWER, the_owner())
    assert [type(event) for event in events] == [e.PartyServed, e.PartyAnswered]


def test_no_path_is_chosen_while_a_served_party_may_speak():
    case = with_owner(AwaitingRoute)
    with pytest.raises(NotNow):
        events_of(case, ROUTE, "coordinator")
    assert "respondent" in waits_for(case)
    assert isinstance(after(heard(case, the_owner()), ROUTE, "coordinator"), Deliberating)
    assert isinstance(after(case, ROUTE, "coordinator", NIGHT + timedelta(days=8)), Deliberating)


def test_a_neighbour_who_is_troubled_too_has_nothing_to_answer():
    case = after(a(AwaitingRoute), replace(ADD, side="complainant", capacity="neighbour"), "coordinator")
    assert case.file.side_of(OWNER) == "complainant"
    assert isinstance(after(case, ROUTE, "coordinator"), Deliberating)


def test_nobody_is_added_to_a_mediation_that_others_consented_to():
    with pytest.raises(NotNow):
        events_of(a(Deliberating), ADD, "coordinator")
    direct = after(a(AwaitingRoute), c.RouteCase(CASE, "direct"), "coordinator")
    assert [type(one) for one in events_of(direct, ADD, "coordinator")] == [e.PartyAdded]
