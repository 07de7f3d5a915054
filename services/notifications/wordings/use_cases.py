"""How a kind of notice is worded changes: by an administrator, on the version they looked at, and kept for ever.

The door owns the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from services.notifications import policy
from services.notifications.notice import Words
from services.notifications.wordings import decisions, storage
from services.notifications.wordings.decisions import Worded, Wording, WordingEvent
from shared.access.actor import Actor
from shared.contracts.envelope import Contract
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

WORDINGS: Codec[WordingEvent] = Codec(WordingEvent)


async def replace(
    tx: Connection, one: Worded, words: Words, actor: Actor, now: datetime, *, follows: int
) -> None:
    """The alliance's own words from now on. Raises NotAllowed, Invalid, Refused."""
    before = await _lock(tx, one, actor)
    events = decisions.replace(before.state, before.version, words, follows=follows)
    await _save(tx, before, events, actor, now)


async def restore(tx: Connection, one: Worded, actor: Actor, now: datetime, *, follows: int) -> None:
    """The standard again. Raises NotAllowed, Refused."""
    before = await _lock(tx, one, actor)
    events = decisions.restore(before.state, before.version, follows=follows)
    await _save(tx, before, events, actor, now)


async def _lock(tx: Connection, one: Worded, actor: Actor) -> Aggregate[Wording]:
    alliance_id, _ = policy.require_wordings(actor)
    return await storage.lock_wording(tx, alliance_id, one)


async def _save(
    tx: Connection,
    before: Aggregate[Wording],
    events: Sequence[WordingEvent],
    actor: Actor,
    now: datetime,
) -> None:
    if not events:
        return
    change = saving.change(
        before,
        reduce(decisions.evolve, events, before.state),
        events,
        actor=actor,
        now=now,
        service="notifications",
        codec=WORDINGS,
        new_id=new_id,
        contracts=_stays_here,
    )
    await storage.save_wording(tx, change, by=actor.member_id, now=now)


def _stays_here(_: WordingEvent) -> Sequence[Contract]:
    """What an alliance writes concerns no other service."""
    return ()
