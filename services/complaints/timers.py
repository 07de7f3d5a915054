"""The timers' door: what falls due, as a command. One that comes late or twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from services.complaints import use_cases
from services.complaints.clocks import ClockName
from services.complaints.commands import Command, EndClock, EraseSealed, RingAgain, ServeNotice
from services.complaints.schedule import ERASURE, RINGS, SERVICE
from shared.access.actor import SYSTEM
from shared.access.door import Kit
from shared.persistence.database import Connection
from shared.persistence.timers import Fire, Timer


def fire(_: Kit) -> Fire:
    """What the worker does with a timer that is due."""

    async def fire_one(tx: Connection, timer: Timer, now: datetime) -> None:
        await use_cases.handle(tx, command_of(timer), SYSTEM, now)

    return fire_one


def command_of(timer: Timer) -> Command:
    """The command a timer stands for. Raises ValueError for a kind we never set."""
    assert timer.aggregate_id is not None  # noqa: S101
    if timer.kind == SERVICE:
        return ServeNotice(timer.aggregate_id, how="mail")
    if timer.kind == ERASURE:
        return EraseSealed(timer.aggregate_id)
    for step in RINGS:
        if timer.kind == step:
            return RingAgain(timer.aggregate_id, step)
    for name in get_args(ClockName):
        if timer.kind == name:
            return EndClock(timer.aggregate_id, name)
    raise ValueError(f"no timer of kind {timer.kind}")
