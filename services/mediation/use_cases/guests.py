"""Inviting others to a session: what the alliance's facts say of them is gathered first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import InviteGuest
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.state import GuestRole, Opened
from services.mediation.storage import people
from services.mediation.use_cases.changing import apply, begin
from services.mediation.use_cases.mediators import eligible_mediators
from shared.access.actor import Actor
from shared.clock import local_day
from shared.errors import Invalid
from shared.persistence.database import Connection


async def invite(
    tx: Connection,
    mediation_id: UUID,
    guest_id: UUID,
    *,
    role: GuestRole,
    required: bool,
    name: str,
    actor: Actor,
    now: datetime,
) -> Opened:
    """Somebody of the alliance, if nothing stands against them; why not is for the committee alone."""
    before = await begin(tx, mediation_id, InviteGuest, actor)
    policy.require_invitation(actor, before.state)
    held = await people.roles_of(tx, before.alliance_id, guest_id)
    if held is None:
        raise Invalid("/member_id", "unknown_member")
    against = await eligible_mediators(tx, before.state.matter, local_day(now))
    command = InviteGuest(
        mediation_id,
        guest_id,
        role,
        required,
        name,
        held,
        conflicts=against.get(guest_id, frozenset()),
        party=actor.member_id if policy.side_of(actor, before.state) else None,
    )
    try:
        return await apply(tx, before, command, actor, now)
    except ConflictOfInterest as conflict:
        if policy.sees("conflict_kinds", policy.roles_in(actor, before.state)):
            raise
        raise conflict.without_kinds() from None
