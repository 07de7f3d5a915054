"""危急: help first, then a human within minutes, on the spot the same day; nothing is deliberated before it is over.

The other side hears nothing while it lasts: a warning could hide what is to be seen.
"""

from __future__ import annotations

from datetime import timedelta

from services.complaints.clocks import Emergency
from services.complaints.commands import (
    ConfirmEmergency,
    LiftEmergency,
    RecordHotlineCall,
    RecordSiteVisit,
    RingAgain,
)
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import (
    EmergencyConfirmed,
    EmergencyLifted,
    EmergencyUnanswered,
    Event,
    HotlineCalled,
    SiteVisited,
)
from shared.errors import Invalid, Refused


def raised(at: Circumstances) -> Emergency:
    """An emergency from now on, with the minutes in which it must be seen by a human, day and night."""
    rules = at.timetable.rules
    return Emergency(
        raised_at=at.now,
        remind_at=at.now + timedelta(minutes=rules.in_force("emergency_reminder", at.today).value),
        confirm_until=at.now + timedelta(minutes=rules.in_force("emergency", at.today).value),
    )


def confirm(_: Filed, command: ConfirmEmergency, at: Circumstances) -> list[Event]:
    """From here somebody has it in hand; whom they called, and when, stands in the record."""
    if command.called_at is not None and command.called_at > at.now:
        raise Invalid("/called_at", "in_the_future")
    return [EmergencyConfirmed(at.now, command.called, command.called_at)]


def record_call(case: Filed, command: RecordHotlineCall, at: Circumstances) -> list[Event]:
    """Who called is whoever writes it down; the minute counts when it is asked later what was done."""
    alarm = case.file.alarm
    assert alarm is not None  # noqa: S101
    if command.at > at.now:
        raise Invalid("/at", "in_the_future")
    if command.at < alarm.raised_at.replace(second=0, microsecond=0):
        raise Invalid("/at", "before_the_report")
    return [HotlineCalled(command.number, command.at)]


def visit(_: Filed, command: RecordSiteVisit, __: Circumstances) -> list[Event]:
    """What was found stands in the record whatever becomes of the case."""
    return [SiteVisited(command.present, command.found, command.done, command.public_note)]


def require_visit(case: Filed) -> None:
    """What was an emergency is looked at on the spot before the other side hears of it. Raises Refused."""
    if case.file.alarm is not None and not case.file.alarm.was_visited:
        raise Refused("visit_first")


def lift(_: Filed, command: LiftEmergency, at: Circumstances) -> list[Event]:
    """With a reason; from here the case goes its ordinary way."""
    return [EmergencyLifted(at.now, command.reason)]


def ring_again(case: Filed, command: RingAgain, at: Circumstances) -> list[Event]:
    """Until a human confirms, whoever is on duty is called again. A timer may come late or twice."""
    emergency = case.file.alarm
    if emergency is None or not emergency.is_unanswered or command.step in emergency.rung:
        return []
    rings = at.now >= emergency.rings_at(command.step)
    return [EmergencyUnanswered(command.step)] if rings else []


def stands(case: Filed, _: Circumstances) -> bool:
    """Whether somebody may still be in danger."""
    return case.file.alarm is not None and case.file.alarm.is_standing


def is_unconfirmed(case: Filed, _: Circumstances) -> bool:
    """Whether no human has said yet that they have it in hand."""
    return case.file.alarm is not None and case.file.alarm.is_unanswered


def is_over(case: Filed, at: Circumstances) -> bool:
    """Whether the ordinary way is open."""
    return not stands(case, at)
