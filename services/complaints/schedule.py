"""Which timers a case needs: one for each running clock whose end moves something or is told to somebody,
and for the next warning, the next step of an escalation, the next time an authority is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import get_args
from uuid import UUID

from services.complaints.clocks import Clock, ClockName, Timetable
from services.complaints.decisions.state import AwaitingService, CaseFile, Closed, Filed, State, Unfiled
from services.complaints.decisions.watching import asked_again_at, next_chase, step_at, visit_at, warning_at
from services.complaints.terms import Ring
from shared.clock import end_of_day
from shared.persistence.timers import Timer

TIMED: frozenset[ClockName] = frozenset(
    {
        *("contact", "triage", "answer", "party_answer", "mediation", "referral"),
        *("last_visit", "survey", "nomination", "pledge", "confirm_done"),
    }
)
"""The mediation service watches the commitments; after `reopen` simply nothing is possible any more."""

ERASURE = "erasure"
RINGS: tuple[Ring, ...] = get_args(Ring)
SERVICE, WARNING, ESCALATION, CHASE = "service", "warning", "escalation", "chase"

VISIT = "return_visit"
GROUP_NEWS = "group_news"
EXTENSION = "extension_reminder"

BY_DAY = frozenset({WARNING, ESCALATION, CHASE, VISIT, EXTENSION})
"""What waits for the morning where it falls into the night."""


def timer_changes(before: State, after: State, timetable: Timetable) -> tuple[list[Timer], list[str]]:
    """Timers to set and keys of timers to cancel. A day that moved is another timer: its day is in the key."""
    had, needs = timers_of(before, timetable), timers_of(after, timetable)
    return [timer for key, timer in needs.items() if key not in had], [key for key in had if key not in needs]


def timers_of(state: State, timetable: Timetable) -> dict[str, Timer]:
    """All it needs now, by key."""
    if isinstance(state, Unfiled):
        return {}
    file = state.file
    timers = [*_of_clocks(file, timetable), *_of_referrals(file, timetable), *_of_visits(file, timetable)]
    if isinstance(state, AwaitingService) and state.served_from is not None:
        key = f"{state.file.case_id}/{SERVICE}/{state.served_from.isoformat()}"
        timers.append(Timer(key, SERVICE, state.served_from, {"how": state.delivered_by}))
    timers += _erasure(state)
    timers += _rings(state)
    timers += _of_extension(file, timetable)
    if file.group is not None and (tell_at := file.group.tell_at) is not None:
        timers.append(Timer(f"{file.case_id}/{GROUP_NEWS}/{tell_at.isoformat()}", GROUP_NEWS, tell_at))
    return {timer.dedupe_key: timer for timer in timers}


def _erasure(state: State) -> Iterator[Timer]:
    """Set while anything sealed is left in a closed case, so also for what is sealed late."""
    if not isinstance(state, Closed) or state.erase_on is None:
        return
    if any(exhibit.shown == "sealed" for exhibit in state.file.exhibits):
        key = f"{state.file.case_id}/{ERASURE}/{state.erase_on}"
        yield Timer(key, ERASURE, end_of_day(state.erase_on - timedelta(days=1)))


def _rings(state: Filed) -> Iterator[Timer]:
    """While nobody has confirmed an emergency, whoever is on duty is called again."""
    alarm = state.file.alarm
    if alarm is None or not alarm.is_unanswered:
        return
    for step in RINGS:
        if step not in alarm.rung:
            yield Timer(f"{state.file.case_id}/emergency/{step}", step, alarm.rings_at(step))


def _of_clocks(file: CaseFile, timetable: Timetable) -> Iterator[Timer]:
    for clock in file.clocks:
        if _is_timed(clock):
            yield Timer(f"{file.case_id}/{_name(clock)}", clock.name, clock.ends_at, _payload(clock))
        warns_at = warning_at(file, clock, timetable)
        if warns_at is not None and not clock.warned:
            yield Timer(f"{file.case_id}/{WARNING}/{_name(clock)}", WARNING, warns_at, _payload(clock))
        due = step_at(file, clock, clock.escalated, timetable)
        if due is not None:
            key = f"{file.case_id}/{ESCALATION}/{_name(clock)}/{clock.escalated}"
            yield Timer(key, ESCALATION, due, _payload(clock))


def _of_referrals(file: CaseFile, timetable: Timetable) -> Iterator[Timer]:
    for referral in file.open_referrals:
        chase = next_chase(file, referral, timetable)
        if chase is not None:
            key = f"{file.case_id}/{CHASE}/{referral.referral_id}/{referral.chased}/{chase.reason}"
            yield Timer(key, CHASE, chase.at, {"of": str(referral.referral_id)})


def _of_visits(file: CaseFile, timetable: Timetable) -> Iterator[Timer]:
    for visit in file.visits:
        if visit.is_open and not visit.told:
            key = f"{file.case_id}/{VISIT}/{visit.visit_id}/{visit.due}"
            yield Timer(key, VISIT, visit_at(file, visit, timetable), {"of": str(visit.visit_id)})


def _of_extension(file: CaseFile, timetable: Timetable) -> Iterator[Timer]:
    due = asked_again_at(file, timetable)
    if due is not None and file.extension is not None:
        key = f"{file.case_id}/{EXTENSION}/{file.extension.asked_on}/{file.extension.until}"
        yield Timer(key, EXTENSION, due)


def _name(clock: Clock) -> str:
    of = f"{clock.of}/" if clock.of else ""
    return f"{clock.name}/{of}{clock.until}"


def _payload(clock: Clock) -> dict[str, str]:
    of: UUID | None = clock.of
    return {"clock": clock.name} | ({"of": str(of)} if of else {})


def _is_timed(clock: Clock) -> bool:
    return clock.name in TIMED and clock.state == "running" and not clock.told_late
