"""The word of a party without an account, entered by whoever was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.mediation.decisions.on_paper import Entered
from services.mediation.state import Opened
from services.mediation.storage import people
from services.mediation.use_cases.changing import apply, begin
from shared.access.actor import Actor
from shared.persistence.database import Connection


async def enter(tx: Connection, command: Entered, actor: Actor, now: datetime) -> Opened:
    """Whether they have one is asked when it is entered: they may have got one since it was opened."""
    before = await begin(tx, command.mediation_id, type(command), actor)
    without = await people.without_account(tx, [command.party])
    return await apply(tx, before, replace(command, has_account=command.party not in without), actor, now)
