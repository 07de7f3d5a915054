"""Warnings, escalations and chasers that fall due."""

from __future__ import annotations

from datetime import datetime

from services.complaints import storage
from services.complaints.decisions.watching import awake
from services.complaints.schedule import timers_of
from shared.access.actor import SYSTEM
from shared.persistence.database import Connection
from shared.persistence.timers import Timer


async def waits_for_the_morning(tx: Connection, timer: Timer, now: datetime) -> bool:
    """Puts a timer off that a late worker fires at night, or that came early because a rule changed since."""
    assert timer.aggregate_id is not None  # noqa: S101
    stored = await storage.lock_case(tx, timer.aggregate_id, by=SYSTEM)
    needed = timers_of(stored.case, stored.timetable).get(timer.dedupe_key)
    if needed is None:
        return False
    due = max(needed.due_at, awake(stored.case.file, now, stored.timetable))
    if due <= now:
        return False
    await storage.put_off(tx, timer.dedupe_key, due)
    return True
