"""A covenant is entered, replaced, filed or ended: load, ask policy, decide, save."""

from __future__ import annotations

from datetime import datetime
from functools import partial, reduce
from typing import Any
from uuid import UUID

from services.alliance import policy, publish
from services.alliance.commands import CovenantCommand, RegisterCovenant
from services.alliance.decisions.covenants import CovenantState, Unregistered, decide, evolve
from services.alliance.storage import covenants as rows
from shared.access.actor import Actor
from shared.clock import local_day
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate


async def keep_covenant(tx: Connection, command: CovenantCommand, actor: Actor, now: datetime) -> UUID:
    """Carries out `command` and returns which covenant it changed.

    Raises NotFound, NotAllowed, Invalid or Refused.
    """
    before = await _before(tx, command)
    policy.require_keeping_covenants(actor, before.alliance_id)
    events = decide(before.state, command, local_day(now))
    after: Any = reduce(evolve, events, before.state)
    if events:
        change = saving.change(
            before,
            after,
            events,
            actor=actor,
            now=now,
            service="alliance",
            codec=rows.EVENTS,
            new_id=new_id,
            contracts=partial(publish.of_covenant, before.id, before.alliance_id, after),
        )
        await rows.save_covenant(tx, change)
    return before.id


async def _before(tx: Connection, command: CovenantCommand) -> Aggregate[CovenantState]:
    if isinstance(command, RegisterCovenant):
        return Aggregate(command.covenant_id, command.alliance_id, Unregistered())
    return await rows.lock_covenant(tx, command.covenant_id)
