"""Whatever is asked in whatever order at whatever time, these hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import get_args
from uuid import UUID

from hypothesis import event, given, settings
from hypothesis import strategies as some

from services.complaints import commands as c
from services.complaints import events as e
from services.complaints.clocks import ClockName
from services.complaints.decisions import UNFILED, Case, State, decide, evolve, possible_commands
from services.complaints.decisions.state import Closed, Unfiled, stage_of
from services.complaints.decisions.table import TABLE
from services.complaints.events import Event
from services.complaints.schedule import timer_changes
from services.complaints.storage import EVENTS, STATES
from services.complaints.terms import ESCALATION, Role, Stage
from shared.errors import NotNow, Refused
from shared.persistence.timers import Timer
from tests.unit.complaints.cases import (
    AFTER_VISITS,
    ANOTHER_REFERRAL,
    CASE,
    EXAMPLES,
    HOME,
    MEDIATION,
    MESSAGE,
    NEXT,
    NIGHT,
    PLEDGE,
    REFERRAL,
    TIMETABLE,
    a,
    asked_by,
    meant,
    way_to,
)

ORDER = get_args(Stage)
ROWS = {(state, row.command): row for row in TABLE for state in row.states}
ANOTHER = UUID(int=99)
IN_MAY = date(2026, 5, 4)

Question = tuple[c.Command, Role]

QUESTIONS: tuple[Question, ...] = (
    *EXAMPLES.values(),
    (c.RouteCase(CASE, "direct"), "coordinator"),
    (c.ReferCase(CASE, ANOTHER_REFERRAL, "fire_rescue", "请查", "unlawful"), "coordinator"),
    (c.ConsentToExtension(CASE), "respondent"),
    (c.ConcludeCase(CASE, ANOTHER, "no_agreement"), "respondent"),
    (meant(c.ConcludeCase(CASE, ANOTHER, "settled")), "complainant"),
    (meant(c.ConcludeCase(CASE, ANOTHER, "settled")), "respondent"),
    *((c.ReceiveReferral(CASE, one), "coordinator") for one in (REFERRAL, ANOTHER_REFERRAL)),
    *((c.ReturnCase(CASE, "ordered", "好", one), "coordinator") for one in (REFERRAL, ANOTHER_REFERRAL)),
    *((c.ChaseReferral(CASE, one), "system") for one in (REFERRAL, ANOTHER_REFERRAL)),
    *((c.WarnOfClock(CASE, name), "system") for name in get_args(ClockName)),
    *((c.EscalateClock(CASE, name), "system") for name in get_args(ClockName)),
    (c.ServeNotice(CASE, "inbox"), "system"),
    *((c.EndClock(CASE, name), "system") for name in get_args(ClockName)),
    (c.NoteMediation(CASE, MEDIATION, "mediation_opened"), "system"),
    (c.NoteMediation(CASE, ANOTHER, "mediation_opened"), "system"),
    (c.NoteDraft(CASE, ANOTHER), "system"),
    (c.NoteEffect(CASE, MEDIATION, IN_MAY, IN_MAY), "system"),
    (c.NotePerformance(CASE, ANOTHER), "system"),
    (c.SendMessage(CASE, MESSAGE, "respondent", "请"), "complainant"),
    (c.SendMessage(CASE, ANOTHER, "complainant", "谁"), "respondent"),
    (c.RecordLeaving(CASE, HOME, NIGHT.date()), "coordinator"),
    (c.RecordLeaving(CASE, NEXT, NIGHT.date(), "died"), "coordinator"),
    (c.SpeakOnLeaving(CASE, HOME, "close"), "coordinator"),
    (c.SpeakOnLeaving(CASE, HOME, "leave_to_flat"), "coordinator"),
    (c.InviteParty(CASE, ANOTHER, "complainant", "heir", "夜间音乐"), "coordinator"),
    (c.AnswerInvitation(CASE, ANOTHER, True), "coordinator"),
    (c.AnswerInvitation(CASE, NEXT, False), "coordinator"),
    (c.NoteMediationEnd(CASE, MEDIATION, "parties_gone"), "system"),
    (c.OfferPledge(CASE, ANOTHER, "车停到外面", IN_MAY), "respondent"),
    (c.AnswerPledge(CASE, ANOTHER, True), "complainant"),
    (c.AnswerPledge(CASE, PLEDGE, False), "complainant"),
    (c.ConfirmPledge(CASE, ANOTHER), "complainant"),
    (c.EndClock(CASE, "pledge", PLEDGE), "system"),
    (c.AnswerSurvey(CASE, True, 5), "respondent"),
    (c.AnswerSurvey(CASE, False, 1), "respondent"),
)
"""What anybody may ask."""

WAITS = some.one_of(some.just(0), some.integers(0, 100), some.integers(0, 24 * 40)).map(
    lambda hours: timedelta(hours=hours)
)
STARTS = some.sampled_from([one for one in get_args(State) if one is not Unfiled])


@dataclass(frozen=True)
class Moved:
    """One command that was decided."""

    before: Case
    after: Case
    events: list[Event]
    command: c.Command
    now: datetime


def lived(data: some.DataObject, case: State) -> Iterator[Moved]:
    """A story of one case, most questions fitting its state; what is refused changes nothing."""
    now, timetable = NIGHT, data.draw(some.sampled_from([TIMETABLE, AFTER_VISITS]))
    for _ in range(data.draw(some.integers(0, 12))):
        fitting = [one for one in QUESTIONS if (type(case), type(one[0])) in ROWS]
        command, role = data.draw(some.sampled_from(fitting * 4 + list(QUESTIONS)))
        now += data.draw(WAITS)
        try:
            events = decide(case, command, asked_by(role, now, timetable))
        except Refused:
            continue
        moved = Moved(case, reduce(evolve, events, case), events, command, now)
        yield moved
        case = moved.after


def a_case_goes_back_only_by_a_reopening(moved: Moved) -> None:
    """Or where everybody of a side left, or others came after them and begin for themselves."""
    begins_anew = (
        isinstance(one, e.CaseReopened)
        or (isinstance(one, e.CaseRouted) and one.mediation is not None)
        or (isinstance(one, e.PledgeAnswered) and one.pledge is not None and isinstance(moved.before, Closed))
        or (isinstance(one, e.MediationEnded) and one.how == "parties_gone")
        for one in moved.events
    )
    if not any(begins_anew):
        assert ORDER.index(stage_of(moved.after)) >= ORDER.index(stage_of(moved.before))


def the_table_says_where_a_command_leads(moved: Moved) -> None:
    if type(moved.after) is not type(moved.before):
        assert type(moved.after) in ROWS[type(moved.before), type(moved.command)].leads_to


def a_day_named_to_people_is_never_brought_forward(moved: Moved) -> None:
    before = {(clock.name, clock.of, clock.since): clock for clock in moved.before.file.clocks}
    for clock in moved.after.file.clocks:
        assert clock.until >= before.get((clock.name, clock.of, clock.since), clock).until
        assert clock.until >= clock.counted_until


def no_clock_ends_early(moved: Moved) -> None:
    if isinstance(moved.command, c.EndClock) and moved.events:
        clock = moved.before.file.clock(moved.command.clock, moved.command.of)
        assert clock is not None
        assert clock.ends_at <= moved.now


def a_closed_case_waits_for_a_reopening_and_the_authorities_alone(moved: Moved) -> None:
    if isinstance(moved.after, Closed):
        file = moved.after.file
        awaited = {clock.name for clock in file.clocks if clock.state in ("running", "paused")}
        assert awaited - {"reopen"} == ({"referral"} if file.open_referrals else set())
        assert file.held == ()


def every_referral_ever_sent_is_open_or_returned(moved: Moved) -> None:
    sent = {one.referral_id for one in moved.before.file.referrals}
    sent |= {one.referral_id for one in moved.events if isinstance(one, e.CaseReferred) if one.referral_id}
    assert {one.referral_id for one in moved.after.file.referrals} == sent
    for one in moved.after.file.referrals:
        clock = moved.after.file.clock("referral", one.referral_id)
        assert clock is not None
        assert (clock.state == "running") == one.is_open == (one.result is None)


def the_month_stands_still_while_anything_is_out(moved: Moved) -> None:
    month = moved.after.file.clock("mediation")
    if month is not None and month.state in ("running", "paused"):
        assert (month.state == "paused") == bool(moved.after.file.open_referrals)


def no_step_of_an_escalation_is_skipped_or_repeated(moved: Moved) -> None:
    for clock in moved.before.file.clocks:
        told = [
            one.step for one in moved.events if isinstance(one, e.CaseEscalated) and one.clock == clock.name
        ]
        assert tuple(told) == ESCALATION[clock.escalated : clock.escalated + len(told)]
        assert not told or clock.is_over(moved.now)


def a_day_is_warned_of_once_and_before_it_has_passed(moved: Moved) -> None:
    for one in moved.events:
        if isinstance(one, e.ClockWarned):
            clock = moved.before.file.clock(one.clock, one.of)
            assert clock is not None
            assert not clock.warned
            assert moved.now < clock.ends_at


def what_is_called_possible_is_not_refused_as_impossible(moved: Moved) -> None:
    for kind in possible_commands(moved.after, asked_by("complainant", moved.now)):
        command, role = EXAMPLES[kind]
        try:
            decide(moved.after, command, asked_by(role, moved.now))
        except NotNow as refusal:
            raise AssertionError(kind.__name__) from refusal
        except Refused:
            pass


ALWAYS: tuple[Callable[[Moved], None], ...] = (
    a_case_goes_back_only_by_a_reopening,
    the_table_says_where_a_command_leads,
    a_day_named_to_people_is_never_brought_forward,
    no_clock_ends_early,
    a_closed_case_waits_for_a_reopening_and_the_authorities_alone,
    every_referral_ever_sent_is_open_or_returned,
    the_month_stands_still_while_anything_is_out,
    no_step_of_an_escalation_is_skipped_or_repeated,
    a_day_is_warned_of_once_and_before_it_has_passed,
    what_is_called_possible_is_not_refused_as_impossible,
)


@settings(max_examples=250, deadline=None)
@given(some.data(), STARTS)
def test_every_step_keeps_the_invariants(data: some.DataObject, start: type[State]):
    for moved in lived(data, a(start, identity="hidden")):
        event(type(moved.after).__name__)
        for holds in ALWAYS:
            holds(moved)


@settings(max_examples=100, deadline=None)
@given(some.data(), STARTS)
def test_journal_and_timers_follow_the_state(data: some.DataObject, start: type[State]):
    filed = way_to(start)
    case = reduce(evolve, filed, UNFILED)
    journal = [EVENTS.dump(one) for one in filed]
    timers = _keys(timer_changes(UNFILED, case, TIMETABLE)[0])
    for moved in lived(data, case):
        journal += [EVENTS.dump(one) for one in moved.events]
        folded = reduce(evolve, [EVENTS.load(*row) for row in journal], UNFILED)
        assert folded == STATES.load(*STATES.dump(moved.after)) == moved.after

        added, cancelled = timer_changes(moved.before, moved.after, TIMETABLE)
        timers = timers - set(cancelled) | _keys(added)
        assert timers == _keys(timer_changes(UNFILED, moved.after, TIMETABLE)[0])


def _keys(timers: list[Timer]) -> set[str]:
    return {timer.dedupe_key for timer in timers}
