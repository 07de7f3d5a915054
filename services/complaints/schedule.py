"""Which timers a case needs: one for each running clock whose end moves something or is told to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import get_args

from services.complaints.clocks import Clock, ClockName
from services.complaints.decisions.state import AwaitingService, Closed, Filed, State, Unfiled
from services.complaints.terms import Ring
from shared.clock import end_of_day
from shared.persistence.timers import Timer

TIMED: frozenset[ClockName] = frozenset({"triage", "answer", "mediation", "referral", "survey"})
"""The mediation service watches the commitments; after `reopen` simply nothing is possible any more."""

SERVICE = "service"
ERASURE = "erasure"
RINGS: tuple[Ring, ...] = get_args(Ring)


def timer_changes(before: State, after: State) -> tuple[list[Timer], list[str]]:
    """Timers to set and keys of timers to cancel. A day that moved is another timer: its day is in the key."""
    had, needs = _timers(before), _timers(after)
    return [timer for key, timer in needs.items() if key not in had], [key for key in had if key not in needs]


def _timers(state: State) -> dict[str, Timer]:
    if isinstance(state, Unfiled):
        return {}
    timers = [_timer(state.file.case_id, clock) for clock in state.file.clocks if _is_timed(clock)]
    if isinstance(state, AwaitingService) and state.served_from is not None:
        key = f"{state.file.case_id}/{SERVICE}/{state.served_from.isoformat()}"
        timers.append(Timer(key, SERVICE, state.served_from))
    timers += _erasure(state)
    timers += _rings(state)
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


def _timer(case_id: object, clock: Clock) -> Timer:
    return Timer(f"{case_id}/{clock.name}/{clock.until}", clock.name, clock.ends_at)


def _is_timed(clock: Clock) -> bool:
    return clock.name in TIMED and clock.state == "running" and not clock.told_late
