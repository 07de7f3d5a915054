"""Inviting others to a session: what the alliance's facts say of them is gathered first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import AnswerInvitation, InviteGuest
from services.mediation.state import Conflict, GuestRole, Matter, Opened, Relation
from services.mediation.storage import groups, mediations, people
from services.mediation.use_cases.changing import apply, begin, seat_speakers
from services.mediation.use_cases.mediators import conflicts_of, neutrally
from shared.access.actor import SYSTEM, Actor
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
    conflicts: frozenset[Conflict] = frozenset()
    if role == "second_mediator" and "mediator" in held:
        conflicts = await _against(tx, before.state.matter, guest_id, now)
    command = InviteGuest(
        mediation_id,
        guest_id,
        role,
        required,
        name,
        held,
        conflicts=conflicts,
        party=actor.member_id if policy.side_of(actor, before.state) else None,
        shared=bool(await mediations.held_with(tx, mediation_id)),
        by=policy.member(actor),
    )
    with neutrally(tells=policy.sees("conflict_kinds", policy.roles_in(actor, before.state))):
        return await apply(tx, before, command, actor, now)


async def answer_invitation(
    tx: Connection,
    mediation_id: UUID,
    *,
    comes: bool,
    relation: Relation | None,
    actor: Actor,
    now: datetime,
) -> Opened:
    """Whoever was asked says whether they come, if the facts still allow it."""
    before = await begin(tx, mediation_id, AnswerInvitation, actor)
    guest_id, matter = policy.member(actor), before.state.matter
    guest, conflicts = matter.guest(guest_id), frozenset[Conflict]()
    if comes and guest is not None and guest.role == "second_mediator":
        held = await people.roles_of(tx, before.alliance_id, guest_id)
        if held and "mediator" in held:
            conflicts = await _against(tx, matter, guest_id, now)
    with neutrally():
        command = AnswerInvitation(mediation_id, guest_id, comes, conflicts, relation)
        return await apply(tx, before, command, actor, now)


async def note_speakers(
    tx: Connection, case_id: UUID, drawn: Sequence[UUID], seats: int, now: datetime
) -> None:
    """Kept until there is a session to come to; where one is looked for or fixed already, they are asked at once."""
    await groups.keep_drawn(tx, case_id, drawn, seats)
    await _seat(tx, case_id, now)


async def note_alone(tx: Connection, case_id: UUID, now: datetime) -> None:
    """A case is handled with no other any more: whoever filed it speaks for nobody else."""
    lead_case_id = await groups.forget_joined(tx, case_id)
    if lead_case_id is not None:
        await _seat(tx, lead_case_id, now)


async def _seat(tx: Connection, case_id: UUID, now: datetime) -> None:
    for mediation_id in await mediations.unfinished_of(tx, case_id):
        before = await mediations.lock_mediation(tx, mediation_id, by=SYSTEM)
        await seat_speakers(tx, before.state, now)


async def _against(tx: Connection, matter: Matter, guest_id: UUID, now: datetime) -> frozenset[Conflict]:
    """What stands against them as a mediator."""
    return (await conflicts_of(tx, matter, [guest_id], local_day(now)))[guest_id]
