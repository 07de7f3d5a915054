"""The days of a case, with the arithmetic of what stood still, as their reader may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.complaints import answers, policy, sentences
from services.complaints.clocks import Clock, Pause
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import CaseFile
from services.complaints.decisions.watching import standing_of
from services.complaints.events import CaseEscalated
from shared.texts import Language

_TELL_THE_FILING = ("triage", "contact")


def clocks(by: Standing, file: CaseFile, at: Circumstances, language: Language) -> list[answers.ClockView]:
    """Two of them tell the day of filing, so they are not for everybody."""
    return [_clock(by, file, clock, at, language) for clock in file.clocks if is_shown(by, file, clock)]


def is_shown(by: Standing, file: CaseFile, clock: Clock) -> bool:
    """Whether the reader is told of that clock."""
    return clock.name not in _TELL_THE_FILING or policy.sees(by, "triage_clock", file)


def _clock(
    by: Standing, file: CaseFile, clock: Clock, at: Circumstances, language: Language
) -> answers.ClockView:
    standing = standing_of(file, clock, at.now, at.timetable)
    return answers.ClockView(
        name=clock.name,
        until=clock.until,
        state=clock.state_at(at.now),
        provisional=clock.provisional,
        since=clock.since,
        counted_until=clock.counted_until,
        warned=standing.warned,
        late_days=standing.late_days,
        escalation_step=standing.step if by.role in policy.STEPS[CaseEscalated] else None,
        referral_id=clock.of if clock.name == "referral" else None,
        pauses=list(_pauses(clock, at, language)),
    )


def _pauses(clock: Clock, at: Circumstances, language: Language) -> Iterator[answers.PauseView]:
    """Each with the last day it found and the last day it left behind."""
    counted = clock.counted_until - timedelta(days=clock.days_paused)
    for pause in clock.pauses:
        yield _pause(pause, counted, at, language, until_day=pause.until)
        counted += timedelta(days=pause.days)
    if clock.paused_on is not None:
        yield _pause(Pause(clock.paused_on, at.today), counted, at, language, until_day=None)


def _pause(
    pause: Pause, counted: date, at: Circumstances, language: Language, *, until_day: date | None
) -> answers.PauseView:
    moved = counted + timedelta(days=pause.days)
    until = at.timetable.calendar.next_working(moved)
    return answers.PauseView(
        reason=pause.reason,
        since=pause.since,
        until_day=until_day,
        days=pause.days,
        counted_before=counted,
        counted_until=moved,
        until=until,
        text=sentences.pause(counted, pause.days, moved, until, language, lasts=until_day is None),
    )
