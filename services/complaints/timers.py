"""The timers' door: what falls due, as a command. One that comes late or twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from services.complaints import use_cases
from services.complaints.clocks import ClockName
from services.complaints.commands import (
    ChaseReferral,
    Command,
    EndClock,
    EraseSealed,
    EscalateClock,
    FallVisitDue,
    RemindOfExtension,
    RingAgain,
    ServeNotice,
    TellGroup,
    WarnOfClock,
)
from services.complaints.schedule import (
    BY_DAY,
    CHASE,
    ERASURE,
    ESCALATION,
    EXTENSION,
    GROUP_NEWS,
    RINGS,
    SERVICE,
    VISIT,
    WARNING,
)
from services.complaints.storage import LEAVING
from services.complaints.terms import Ring
from services.complaints.use_cases.erasing import HOLDING
from shared.access.actor import SYSTEM
from shared.access.door import Kit
from shared.erasure.holding import ERASE_PERSON, erase_again
from shared.persistence.database import Connection
from shared.persistence.timers import Fire, Timer


def fire(_: Kit) -> Fire:
    """What the worker does with a timer that is due."""

    async def fire_one(tx: Connection, timer: Timer, now: datetime) -> None:
        if timer.kind == LEAVING:
            await use_cases.note_leaving(tx, _occupancy(timer), now)
        elif timer.kind == ERASE_PERSON:
            await erase_again(tx, HOLDING, timer.aggregate_id, now)
        elif timer.kind not in BY_DAY or not await use_cases.waits_for_the_morning(tx, timer, now):
            await use_cases.handle(tx, command_of(timer), SYSTEM, now)

    return fire_one


def _occupancy(timer: Timer) -> UUID:
    assert timer.aggregate_id is not None  # noqa: S101
    return timer.aggregate_id


def command_of(timer: Timer) -> Command:
    """The command a timer stands for. Raises ValueError for a kind we never set."""
    make = COMMANDS.get(timer.kind)
    if make is None or timer.aggregate_id is None:
        raise ValueError(f"no timer of kind {timer.kind}")
    return make(timer.aggregate_id, timer.payload)


def _of(payload: Mapping[str, str]) -> UUID | None:
    """The referral it is of."""
    return UUID(payload["of"]) if "of" in payload else None


def _ring(step: Ring) -> Callable[[UUID, Mapping[str, str]], Command]:
    return lambda case_id, _: RingAgain(case_id, step)


def _end_of(name: ClockName) -> Callable[[UUID, Mapping[str, str]], Command]:
    return lambda case_id, payload: EndClock(case_id, name, _of(payload))


COMMANDS: Mapping[str, Callable[[UUID, Mapping[str, Any]], Command]] = {
    SERVICE: lambda case_id, payload: ServeNotice(case_id, how=payload.get("how", "mail")),
    ERASURE: lambda case_id, _: EraseSealed(case_id),
    WARNING: lambda case_id, payload: WarnOfClock(case_id, payload["clock"], _of(payload)),
    ESCALATION: lambda case_id, payload: EscalateClock(case_id, payload["clock"], _of(payload)),
    VISIT: lambda case_id, payload: FallVisitDue(case_id, UUID(payload["of"])),
    EXTENSION: lambda case_id, _: RemindOfExtension(case_id),
    GROUP_NEWS: lambda case_id, _: TellGroup(case_id),
    CHASE: lambda case_id, payload: ChaseReferral(case_id, UUID(payload["of"])),
    **{step: _ring(step) for step in RINGS},
    **{name: _end_of(name) for name in get_args(ClockName)},
}
"""What each kind of timer asks."""
