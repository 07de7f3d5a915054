"""Inviting others to a session: what the alliance's facts say of them is gathered first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import AnswerInvitation, InviteGuest
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.state import Conflict, GuestRole, Matter, Opened
from services.mediation.storage import mediations, people
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
    command = InviteGuest(
        mediation_id,
        guest_id,
        role,
        required,
        name,
        held,
        conflicts=await _against(tx, before.state.matter, guest_id, now),
        party=actor.member_id if policy.side_of(actor, before.state) else None,
        shared=bool(await mediations.held_with(tx, mediation_id)),
    )
    try:
        return await apply(tx, before, command, actor, now)
    except ConflictOfInterest as conflict:
        if policy.sees("conflict_kinds", policy.roles_in(actor, before.state)):
            raise
        raise conflict.without_kinds() from None


async def answer_invitation(
    tx: Connection, mediation_id: UUID, *, comes: bool, actor: Actor, now: datetime
) -> Opened:
    """Whoever was asked says whether they come, if the facts still allow it."""
    before = await begin(tx, mediation_id, AnswerInvitation, actor)
    guest_id = policy.member(actor)
    against = await _against(tx, before.state.matter, guest_id, now)
    try:
        return await apply(tx, before, AnswerInvitation(mediation_id, guest_id, comes, against), actor, now)
    except ConflictOfInterest as conflict:
        raise conflict.without_kinds() from None


async def _against(tx: Connection, matter: Matter, guest_id: UUID, now: datetime) -> frozenset[Conflict]:
    """What would stand against them as a mediator; nothing for who is none."""
    found = await eligible_mediators(tx, matter, local_day(now))
    return found.get(guest_id, frozenset())
