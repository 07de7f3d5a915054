"""The working calendar changes: load, ask policy, decide, save."""

from __future__ import annotations

from datetime import datetime
from functools import partial, reduce
from uuid import UUID

from services.alliance import publish
from services.alliance.commands import CalendarCommand
from services.alliance.decisions.calendar import decide, evolve
from services.alliance.storage import calendar as rows
from shared.access.actor import Actor
from shared.charter import policy
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection


async def set_calendar(tx: Connection, command: CalendarCommand, actor: Actor, now: datetime) -> UUID:
    """Carries out `command` for the actor's alliance, and returns whose it is. Raises NotAllowed, Invalid."""
    alliance_id, by = policy.require_setting(actor, "calendar")
    before = await rows.lock_calendar(tx, alliance_id)
    events = decide(before.state, command)
    if events:
        change = saving.change(
            before,
            reduce(evolve, events, before.state),
            events,
            actor=actor,
            now=now,
            service="alliance",
            codec=rows.EVENTS,
            new_id=new_id,
            contracts=partial(publish.of_calendar, alliance_id),
        )
        await rows.save_calendar(tx, change, events, by, now)
    return alliance_id
