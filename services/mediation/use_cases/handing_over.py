"""Handing an agreement that was not kept to the court station: looked at first, then sent by its checksum."""

from __future__ import annotations

import asyncio
from datetime import datetime
from uuid import UUID

from services.mediation import documents, policy
from services.mediation.commands import HandOver, NoteReturn
from services.mediation.decisions.court import may_be_handed_over
from services.mediation.documents import Pack
from services.mediation.state import Opened, Performing, Side
from services.mediation.storage import handovers
from services.mediation.use_cases.changing import apply, begin, handle
from shared.access.actor import SYSTEM, Actor
from shared.errors import Invalid, Refused
from shared.persistence.database import Connection


async def prepared(state: Opened, side: Side | None, now: datetime) -> Pack:
    """The pack as it would be sent now. Raises Refused where there is nothing to hand on."""
    if not isinstance(state, Performing) or not may_be_handed_over(state, now):
        raise Refused("nothing_missed")
    return await asyncio.to_thread(documents.handover, state, side, now)


async def hand_over(
    tx: Connection, mediation_id: UUID, pack_id: UUID, sha256: str, *, actor: Actor, now: datetime
) -> Opened:
    """Sends just what was looked at. Raises Invalid where something has changed since."""
    before = await begin(tx, mediation_id, HandOver, actor)
    side = policy.side_of(actor, before.state)
    pack = await prepared(before.state, side, now)
    if pack.sha256 != sha256:
        raise Invalid("/sha256", "content_changed")
    party = policy.member(actor) if side else None
    command = HandOver(mediation_id, pack_id, party, sha256, pack.pages, pack.contents)
    done = await apply(tx, before, command, actor, now)
    await handovers.keep_handover(tx, pack_id, done.matter, pack, now)
    return done


async def note_return(tx: Connection, pack_id: UUID, now: datetime) -> None:
    """The station has answered: what was promised is looked after again."""
    mediation_id = await handovers.mediation_handed(tx, pack_id)
    if mediation_id is not None:
        await handle(tx, NoteReturn(mediation_id, pack_id), SYSTEM, now)
