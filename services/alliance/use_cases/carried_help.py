"""The mark that somebody must be carried out of a home: set by consent, read by the building's captain alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.alliance import policy, views
from services.alliance.decisions.carried_help import Consent
from services.alliance.storage import carried_help as rows
from shared.access.actor import Actor
from shared.clock import local_day
from shared.errors import Invalid
from shared.persistence.database import Connection


async def set_carried_help(
    tx: Connection, place_id: UUID, consent: Consent | None, actor: Actor, now: datetime, *, needed: bool
) -> None:
    """Sets or clears it. Whoever lives there needs no other consent. Raises NotFound, NotAllowed, Invalid."""
    home = await rows.home(tx, place_id, actor.member_id, local_day(now))
    policy.require_marking(actor, home)
    if not needed:
        await rows.clear(tx, place_id)
        return
    given = "own" if home.is_own else consent
    if given is None:
        raise Invalid("/consent", "consent_missing")
    await rows.mark(tx, home, by=policy.member(actor), consent=given, now=now)


async def look_at_carried_help(
    tx: Connection, building_id: UUID, case_id: UUID | None, actor: Actor, now: datetime
) -> views.CarriedHelp:
    """The marked homes of a building; that they were looked at is kept. Raises NotAllowed."""
    policy.require_looking(actor, building_id)
    await rows.keep_look(tx, building_id, by=policy.member(actor), case_id=case_id, now=now)
    return await views.carried_help(tx, building_id)
