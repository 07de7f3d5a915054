"""When people are warned of a day, who is called in after it, when an authority is asked again. Pure.

Timers are set by it and views compare with it, so that a late timer never shows a wrong state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.complaints.clocks import Clock, Timetable
from services.complaints.decisions.state import CaseFile, Referral, ReturnVisit
from services.complaints.terms import ESCALATION, ChaseReason, EscalationStep
from shared.clock import SHANGHAI, local_day, start_of_day


@dataclass(frozen=True)
class Standstill:
    """How a clock stands at a moment, whatever its timers have told by then."""

    warned: bool
    late_days: int
    step: EscalationStep | None


@dataclass(frozen=True)
class Chase:
    """The next time an authority is asked again, and what for."""

    at: datetime
    reason: ChaseReason


def standing_of(file: CaseFile, clock: Clock, now: datetime, timetable: Timetable) -> Standstill:
    """The true standing at `now`, however late the timers."""
    warns_at = warning_at(file, clock, timetable)
    reached = steps_reached(file, clock, now, timetable)
    return Standstill(
        warned=clock.warned or (warns_at is not None and warns_at <= now),
        late_days=clock.late_days(local_day(now)),
        step=ESCALATION[reached - 1] if reached else None,
    )


def warning_at(file: CaseFile, clock: Clock, timetable: Timetable) -> datetime | None:
    """The morning of the working day so many before the last one, never on the day the clock began."""
    lead = timetable.figure(f"warn_{clock.name}", clock.since, file.category, file.tier)
    if clock.state != "running" or lead is None:
        return None
    day = timetable.calendar.before_working_days(clock.until, lead.value)
    morning = awake(file, start_of_day(max(day, clock.since + timedelta(days=1))), timetable)
    return morning if morning < clock.ends_at else None


def step_at(file: CaseFile, clock: Clock, step: int, timetable: Timetable) -> datetime | None:
    """When that step of the escalation is due: the first one on the working day after the last day.

    In an emergency it is due when the day ends, and the days between the steps are those of the calendar.
    """
    delay = timetable.figure(f"escalate_{clock.name}", clock.since, file.category, file.tier)
    if clock.state != "running" or delay is None or step >= len(ESCALATION):
        return None
    if in_danger(file):
        return clock.ends_at + timedelta(days=step * delay.value)
    day = timetable.calendar.after_working_days(clock.until, 1 + step * delay.value)
    return awake(file, start_of_day(day), timetable)


def steps_reached(file: CaseFile, clock: Clock, now: datetime, timetable: Timetable) -> int:
    """How many steps are due by now, or were told before the day was moved."""
    dues = (step_at(file, clock, step, timetable) for step in range(len(ESCALATION)))
    return max(clock.escalated, sum(due is not None and due <= now for due in dues))


def next_chase(file: CaseFile, referral: Referral, timetable: Timetable) -> Chase | None:
    """An authority is asked for its receipt, and after its day for its answer, until it has returned the matter."""
    clock = file.clock("referral", referral.referral_id)
    if not referral.is_open or clock is None:
        return None
    last = referral.chased_on
    chases = [(_after_reply_day(file, clock, last, timetable), "no_reply")]
    if referral.received_on is None:
        chases.append(
            (_working_days_after(file, last or referral.sent_on, "chase_receipt", timetable), "no_receipt")
        )
    day, reason = min(chases)
    return Chase(awake(file, start_of_day(day), timetable), reason)  # type: ignore[arg-type]


def _after_reply_day(file: CaseFile, clock: Clock, last: date | None, timetable: Timetable) -> date:
    if last is None or last <= clock.until:
        return timetable.calendar.after_working_days(clock.until, 1)
    return _working_days_after(file, last, "chase_reply", timetable)


def _working_days_after(file: CaseFile, day: date, rule_id: str, timetable: Timetable) -> date:
    pause = timetable.figure(rule_id, day, file.category, file.tier)
    assert pause is not None  # noqa: S101
    return timetable.calendar.after_working_days(day, pause.value)


def visit_at(file: CaseFile, visit: ReturnVisit, timetable: Timetable) -> datetime:
    """The morning of a return visit's day."""
    return awake(file, start_of_day(visit.due), timetable)


def asked_again_at(file: CaseFile, timetable: Timetable) -> datetime | None:
    """When whoever has not said whether they agree to a longer month is asked again: once, while the month runs."""
    extension, month = file.extension, file.clock("mediation")
    if extension is None or extension.asked_on is None or extension.reminded:
        return None
    if month is None or month.state != "running":
        return None
    day = _working_days_after(file, extension.asked_on, "remind_extension", timetable)
    morning = awake(file, start_of_day(day), timetable)
    return morning if morning < month.ends_at else None


def in_danger(file: CaseFile) -> bool:
    """Whether an emergency still stands."""
    return file.alarm is not None and file.alarm.is_standing


def awake(file: CaseFile, moment: datetime, timetable: Timetable) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into. In an emergency nobody sleeps."""
    begin, end = (timetable.time_of_day(name, local_day(moment)) for name in ("quiet_from", "quiet_until"))
    local = moment.astimezone(SHANGHAI)
    time = local.time()
    over_midnight = begin > end
    quiet = (time >= begin or time < end) if over_midnight else begin <= time < end
    if in_danger(file) or not quiet:
        return moment
    day = local.date() + timedelta(days=int(over_midnight and time >= begin))
    return datetime.combine(day, end, SHANGHAI)
