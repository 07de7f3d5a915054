"""What a clock's end means where it moves nothing: those who wait are told once."""

from __future__ import annotations

from services.complaints.commands import EndClock
from services.complaints.decisions.state import Circumstances, Filed
from services.complaints.events import ClockMissed, Event


def tell_late(case: Filed, command: EndClock, at: Circumstances) -> list[Event]:
    """A timer may come late, twice, or for a day that was moved since; only the true end counts."""
    clock = case.file.clock(command.clock)
    if clock is None or clock.told_late or not clock.is_over(at.now):
        return []
    return [ClockMissed(command.clock)]
