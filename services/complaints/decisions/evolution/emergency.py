"""危急: confirmed, called about again, seen on the spot, over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import Case
from services.complaints.events import EmergencyConfirmed, EmergencyLifted, EmergencyUnanswered, SiteVisited


def _alarmed(case: Case, **changed: Any) -> Case:
    assert case.file.alarm is not None  # noqa: S101
    return replace(case, file=replace(case.file, alarm=replace(case.file.alarm, **changed)))


def _emergency_confirmed(case: Case, event: EmergencyConfirmed) -> Case:
    return _alarmed(case, confirmed_at=event.at)


def _emergency_unanswered(case: Case, event: EmergencyUnanswered) -> Case:
    assert case.file.alarm is not None  # noqa: S101
    return _alarmed(case, rung=(*case.file.alarm.rung, event.step))


def _site_visited(case: Case, _: SiteVisited) -> Case:
    return _alarmed(case, was_visited=True) if case.file.alarm else case


def _emergency_lifted(case: Case, event: EmergencyLifted) -> Case:
    return _alarmed(case, lifted_at=event.at)


EVOLUTIONS: Evolutions = {
    EmergencyConfirmed: _emergency_confirmed,
    EmergencyUnanswered: _emergency_unanswered,
    EmergencyLifted: _emergency_lifted,
    SiteVisited: _site_visited,
}
