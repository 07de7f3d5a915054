"""Occupancies end, and who came after is asked: what the register tells is looked up for each case it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.commands import InviteParty, RecordLeaving
from services.complaints.terms import Side, Succession
from services.complaints.use_cases.changing import Done, apply, begin, handle, new_party
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.errors import Invalid
from shared.persistence.database import Connection


async def end_occupancy(tx: Connection, occupancy_id: UUID, until_day: date, now: datetime) -> None:
    """On its last day the parties are asked; a last day that is still to come is waited for."""
    await storage.end_occupancy(tx, occupancy_id, until_day)
    if until_day > local_day(now):
        await storage.remember_leaving(tx, occupancy_id, until_day)
    else:
        await note_leaving(tx, occupancy_id, now)


async def note_leaving(tx: Connection, occupancy_id: UUID, now: datetime) -> None:
    """Whoever it was is a party no more of the cases they had part in by that place."""
    for case_id, party_id, on in await storage.left_by(tx, occupancy_id):
        await handle(tx, RecordLeaving(case_id, party_id, on), SYSTEM, now)


async def invite_party(
    tx: Connection,
    case_id: UUID,
    member_id: UUID,
    *,
    side: Side,
    capacity: Succession,
    facts: str,
    actor: Actor,
    now: datetime,
) -> Done:
    """Raises Invalid for whom the alliance does not know, and for who is, was or is asked to be a party."""
    command = InviteParty(case_id, new_party(), side, capacity, facts)
    begun = await begin(tx, command, actor, now)
    if not await storage.is_member(tx, member_id, begun.before.alliance_id):
        raise Invalid("/member_id", "unknown_member")
    if begun.people.parties_of(member_id):
        raise Invalid("/member_id", "already_party")
    people = begun.people.with_members({command.party_id: member_id})
    return await apply(tx, command, replace(begun, people=people))
