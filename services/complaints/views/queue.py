"""A case on the coordinators' desk."""

from __future__ import annotations

from datetime import date, datetime

from services.complaints import answers
from services.complaints.clocks import Clock
from services.complaints.decisions.state import Standing
from services.complaints.storage import Counts, Listed, Queued
from services.complaints.views.cases import item
from shared.clock import local_day

_COORDINATOR = Standing("coordinator")


def queue_item(queued: Queued, now: datetime) -> answers.QueueItem:
    """A line of the desk, the clock that ends first in front."""
    case, file = queued.case, queued.case.file
    line = item(Listed(case, _COORDINATOR, queued.listed_at))
    waited_for = sorted((clock for clock in file.clocks if _is_waited_for(clock)), key=lambda one: one.until)
    return answers.QueueItem(
        **line.model_dump(),
        building_id=file.place.building_id if file.place else None,
        tier=file.tier,
        identity=file.identity,
        clocks=[_clock(clock, now, local_day(now)) for clock in waited_for],
        needs_me=queued.waits,
        emergency=file.alarm is not None and file.alarm.is_standing,
        respondent_unknown=not file.respondents,
        mediator_id=queued.mediator_id,
        referred_to=file.referred_to,
    )


def queue_counts(counts: Counts) -> answers.QueueCounts:
    """The desk at a glance."""
    return answers.QueueCounts(**vars(counts))


def _is_waited_for(clock: Clock) -> bool:
    return clock.state in ("running", "paused")


def _clock(clock: Clock, now: datetime, today: date) -> answers.QueueClock:
    return answers.QueueClock(
        name=clock.name,
        until=clock.until,
        state=clock.state_at(now),
        late_days=clock.late_days(today),
    )
