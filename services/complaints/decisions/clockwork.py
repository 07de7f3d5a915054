"""What a clock's days mean where they move nothing: those who wait are warned, told, and the next one called in."""

from __future__ import annotations

from services.complaints.commands import (
    ChaseReferral,
    EndClock,
    EscalateClock,
    RemindOfExtension,
    WarnOfClock,
)
from services.complaints.decisions import grouping
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.decisions.watching import asked_again_at, next_chase, steps_reached, warning_at
from services.complaints.events import (
    CaseEscalated,
    ClockMissed,
    ClockWarned,
    Event,
    ExtensionReminded,
    PledgeMissed,
    ReferralChased,
)
from services.complaints.terms import ESCALATION


def tell_late(case: Filed, command: EndClock, at: Circumstances) -> list[Event]:
    """A timer may come late, twice, or for a day that was moved since; only the true end counts."""
    if command.clock == "nomination":
        return grouping.end_nomination(case, command, at)
    clock = case.file.clock(command.clock, command.of)
    if clock is None or clock.told_late or not clock.is_over(at.now):
        return []
    pledge = case.file.pledge(clock.of) if clock.name == "pledge" and clock.of else None
    if pledge is not None:
        return [PledgeMissed(pledge.pledge_id, pledge.owed_by)]
    return [ClockMissed(command.clock, clock.of)]


def warn(case: Filed, command: WarnOfClock, at: Circumstances) -> list[Event]:
    """Once before each last day; after it nobody is warned any more, but told."""
    clock = case.file.clock(command.clock, command.of)
    due = warning_at(case.file, clock, at.timetable) if clock else None
    if clock is None or due is None or clock.warned or not due <= at.now < clock.ends_at:
        return []
    return [ClockWarned(clock.name, clock.until, clock.of)]


def remind_of_extension(case: Filed, _: RemindOfExtension, at: Circumstances) -> list[Event]:
    """Nobody any more once all have agreed, one has not, or the month it would lengthen is over."""
    month, due = case.file.clock("mediation"), asked_again_at(case.file, at.timetable)
    is_due = due is not None and month is not None and due <= at.now < month.ends_at
    return [ExtensionReminded()] if is_due else []


def escalate(case: Filed, command: EscalateClock, at: Circumstances) -> list[Event]:
    """Each step once, in its order, and none left out even where the timers were late."""
    clock = case.file.clock(command.clock, command.of)
    if clock is None:
        return []
    reached = steps_reached(case.file, clock, at.now, at.timetable)
    return [CaseEscalated(clock.name, step) for step in ESCALATION[clock.escalated : reached]]


def chase(case: Filed, command: ChaseReferral, at: Circumstances) -> list[Event]:
    """Asked again until it is returned; how often is counted."""
    referral = case.file.referral(command.referral_id)
    due = next_chase(case.file, referral, at.timetable) if referral else None
    if referral is None or due is None or due.at > at.now:
        return []
    return [ReferralChased(at.today, referral.referral_id, due.reason, referral.chased + 1)]


def has_referrals(case: Filed, _: Circumstances) -> bool:
    """Whether anything lies with an authority."""
    return bool(case.file.open_referrals)
