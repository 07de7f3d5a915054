"""An agreement is written; of a group case it is put to everybody for whom others speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.mediation.commands import DraftAgreement
from services.mediation.state import Opened
from services.mediation.storage import groups
from services.mediation.use_cases.changing import apply, begin
from shared.access.actor import Actor
from shared.persistence.database import Connection


async def draft_agreement(tx: Connection, command: DraftAgreement, actor: Actor, now: datetime) -> Opened:
    """Those who speak for the group sign as parties and are not asked a second time."""
    before = await begin(tx, command.mediation_id, DraftAgreement, actor)
    matter = before.state.matter
    joined = await groups.joined_to(tx, matter.case_id)
    group = tuple(member for member in joined if matter.party(member) is None)
    return await apply(tx, before, replace(command, group=group), actor, now)
