"""What falls due, as a command. A timer that comes too late for it changes nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.mediation import use_cases
from services.mediation.commands import (
    CarryOutDefault,
    FallDue,
    LetStand,
    RemindAhead,
    RemindOfSession,
    RemindOfWord,
)
from services.mediation.state import Reminder
from services.mediation.use_cases.erasing import HOLDING
from shared.access.actor import SYSTEM
from shared.access.door import Kit
from shared.erasure import holding
from shared.errors import NotNow
from shared.persistence.database import Connection
from shared.persistence.timers import Fire, Timer

REMINDERS = TypeAdapter(Reminder)
TIMES = TypeAdapter(RemindOfSession)


def fire(_: Kit) -> Fire:
    """Turns a due timer into its command."""

    async def fired(tx: Connection, timer: Timer, now: datetime) -> None:
        match timer:
            case Timer(kind="commitment_due", aggregate_id=UUID() as mediation_id):
                command = FallDue(mediation_id, UUID(timer.payload["commitment_id"]))
                await use_cases.handle(tx, command, SYSTEM, now)
            case Timer(kind="commitment_soon_due", aggregate_id=UUID() as mediation_id):
                which, day = UUID(timer.payload["commitment_id"]), date.fromisoformat(timer.payload["due_on"])
                await use_cases.handle(tx, RemindAhead(mediation_id, which, day), SYSTEM, now)
            case Timer(kind="confirmation_stands", aggregate_id=UUID() as mediation_id):
                stands = LetStand(mediation_id, UUID(timer.payload["commitment_id"]))
                await use_cases.handle(tx, stands, SYSTEM, now)
            case Timer(kind="word_owed", aggregate_id=UUID() as mediation_id):
                with suppress(NotNow):  # what is over, or goes on elsewhere, waits for no such word
                    reminder = REMINDERS.validate_python(timer.payload)
                    await use_cases.handle(tx, RemindOfWord(mediation_id, reminder), SYSTEM, now)
            case Timer(kind="session_near", aggregate_id=UUID() as mediation_id):
                with suppress(NotNow):  # held, passed on or ended meanwhile
                    near = TIMES.validate_python({"mediation_id": mediation_id, **timer.payload})
                    await use_cases.handle(tx, near, SYSTEM, now)
            case Timer(kind="default_path", aggregate_id=UUID() as mediation_id):
                with suppress(NotNow):  # held, passed on or ended meanwhile, the mediation has no such choice
                    await use_cases.handle(tx, CarryOutDefault(mediation_id), SYSTEM, now)
            case Timer(kind="slots_closed", aggregate_id=UUID() as mediation_id):
                with suppress(NotNow):  # fixed by the mediator, passed on or ended meanwhile
                    await use_cases.close_slots(tx, mediation_id, now)
            case Timer(kind=holding.ERASE_PERSON, aggregate_id=erasure_id):
                await holding.erase_again(tx, HOLDING, erasure_id, now)
            case _:
                raise ValueError(timer.kind)

    return fired
