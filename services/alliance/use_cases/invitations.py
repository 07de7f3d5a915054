"""Asking somebody to one's home or shop, and saying yes to it by the link one was given."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.alliance import policy, views
from services.alliance.commands import GrantRole, NewOccupancy, RegisterMember, StartOccupancy
from services.alliance.contact import Contact
from services.alliance.decisions.invitations import ROLE_OF, Invitation, require_open
from services.alliance.decisions.members import FITTING, Member
from services.alliance.events import OccupancyKind
from services.alliance.storage import invitations as rows
from services.alliance.storage import register
from services.alliance.use_cases.register import handle
from shared.access.actor import SYSTEM, Actor, Grant
from shared.clock import local_day
from shared.errors import Invalid, NotFound
from shared.ids import new_id
from shared.persistence.database import Connection
from shared.texts import Language


async def invite(
    tx: Connection, place_id: UUID, kind: OccupancyKind, actor: Actor, now: datetime, *, days: int
) -> Invitation:
    """A link for one person. Raises NotFound, NotAllowed, Invalid."""
    place = await views.place(tx, actor.alliance_id, place_id)
    own = await rows.kinds_of(tx, actor.member_id, place_id, local_day(now))
    policy.require_inviting(actor, kind, own)
    if place.kind not in FITTING[kind]:
        raise Invalid("/kind", "occupancy_does_not_fit")
    assert actor.alliance_id is not None  # noqa: S101 - the place was found in it
    by, until = policy.member(actor), now + timedelta(days=days)
    invitation = Invitation(new_id(), actor.alliance_id, place_id, kind, by, until)
    await rows.keep_invitation(tx, invitation, now)
    return invitation


async def withdraw(tx: Connection, invitation_id: UUID, actor: Actor, now: datetime) -> Invitation:
    """Takes it back. Raises NotFound for whoever did not give it out."""
    invitation = await rows.lock_invitation(tx, invitation_id)
    policy.require_withdrawing(actor, invitation)
    await rows.note_withdrawn(tx, invitation_id, now)
    return invitation


async def accept(tx: Connection, invitation_id: UUID, actor: Actor, now: datetime) -> None:
    """Whoever is signed in is at the place from today on. Raises NotFound, Refused, Invalid."""
    invitation = await rows.lock_invitation(tx, invitation_id)
    if actor.alliance_id != invitation.alliance_id:
        raise NotFound
    require_open(invitation, now)
    await _come_in(tx, invitation, policy.member(actor), now)


async def accept_as_stranger(
    tx: Connection,
    invitation_id: UUID,
    *,
    name: str,
    contact: Contact,
    language: Language,
    now: datetime,
) -> None:
    """Enters whoever has no account. Raises NotFound, Refused.

    Of a contact somebody has already, nothing happens and nothing is told: they sign in and open the link again.
    """
    invitation = await rows.lock_invitation(tx, invitation_id)
    require_open(invitation, now)
    if await register.member_with(tx, contact) is not None:
        return
    command = RegisterMember(
        new_id(),
        invitation.alliance_id,
        name,
        contact.value if contact.kind == "email" else None,
        contact.value if contact.kind == "phone" else None,
        language,
        (Grant(ROLE_OF[invitation.kind]),),
        (_stay(invitation, now),),
    )
    member_id = await handle(tx, command, SYSTEM, now)
    await rows.note_accepted(tx, invitation_id, member_id, now)


async def _come_in(tx: Connection, invitation: Invitation, member_id: UUID, now: datetime) -> None:
    await handle(tx, StartOccupancy(member_id, _stay(invitation, now)), SYSTEM, now)
    known = (await register.member(tx, member_id)).state
    role = ROLE_OF[invitation.kind]
    if isinstance(known, Member) and Grant(role) not in known.grants:
        await handle(tx, GrantRole(member_id, Grant(role)), SYSTEM, now)
    await rows.note_accepted(tx, invitation.id, member_id, now)


def _stay(invitation: Invitation, now: datetime) -> NewOccupancy:
    return NewOccupancy(new_id(), invitation.place_id, invitation.kind, local_day(now))
