"""The register changes: load, ask policy, decide, save."""

from __future__ import annotations

from datetime import datetime
from functools import partial, reduce
from uuid import UUID

from services.alliance import policy, publish
from services.alliance.commands import (
    Command,
    DeclareKin,
    EndOccupancy,
    MemberCommand,
    PlaceCommand,
    RegisterMember,
    RegisterPlace,
)
from services.alliance.decisions import members, places
from services.alliance.events import ContactChanged
from services.alliance.storage import invitations as stays
from services.alliance.storage import register as rows
from services.alliance.storage import sign_in as sessions
from shared.access.actor import Actor
from shared.clock import local_day
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate

SERVICE = "alliance"


async def found_alliance(tx: Connection, alliance_id: UUID, name: str, now: datetime) -> None:
    """An alliance for members and places to belong to."""
    await rows.put_alliance(tx, alliance_id, name, now)


async def handle(tx: Connection, command: Command, actor: Actor, now: datetime) -> UUID:
    """Carries out `command` and returns whose entry it changed.

    Raises NotFound, NotAllowed, Invalid or Refused.
    """
    if isinstance(command, PlaceCommand):
        return await _change_place(tx, command, actor, now)
    return await _change_member(tx, command, actor, now)


async def _change_place(tx: Connection, command: PlaceCommand, actor: Actor, now: datetime) -> UUID:
    before = await _place_before(tx, command)
    own = await stays.kinds_of(tx, actor.member_id, before.id, local_day(now))
    policy.require(actor, command, before.state, alliance_id=before.alliance_id, own=own)
    known = await rows.places_known(tx, before.alliance_id, command.places)
    events = places.decide(before.state, command, known)
    after = reduce(places.evolve, events, before.state)
    if events and isinstance(after, places.Place):
        change = saving.change(
            before,
            after,
            events,
            actor=actor,
            now=now,
            service=SERVICE,
            codec=rows.PLACE_EVENTS,
            new_id=new_id,
            contracts=partial(publish.of_place, before.id, before.alliance_id, after),
        )
        await rows.save_place(tx, change)
    return before.id


async def _place_before(tx: Connection, command: PlaceCommand) -> Aggregate[places.PlaceState]:
    if isinstance(command, RegisterPlace):
        return Aggregate(command.place_id, command.alliance_id, places.Unregistered())
    return await rows.lock_place(tx, command.place_id)


async def _change_member(tx: Connection, command: MemberCommand, actor: Actor, now: datetime) -> UUID:
    before = await _member_before(tx, command)
    policy.require(actor, command, before.state, alliance_id=before.alliance_id, member_id=before.id)
    events = members.decide(before.state, command, await _known(tx, command, before.alliance_id))
    after = reduce(members.evolve, events, before.state)
    if events and isinstance(after, members.Member):
        change = saving.change(
            before,
            after,
            events,
            actor=actor,
            now=now,
            service=SERVICE,
            codec=rows.MEMBER_EVENTS,
            new_id=new_id,
            contracts=partial(publish.of_member, before.id, before.alliance_id, after),
        )
        await rows.save_member(tx, change)
    if any(isinstance(event, ContactChanged) for event in events):
        await sessions.end_sessions_of(tx, before.id, now, because="contact_changed")
    return before.id


async def _member_before(tx: Connection, command: MemberCommand) -> Aggregate[members.MemberState]:
    match command:
        case RegisterMember():
            return Aggregate(command.member_id, command.alliance_id, members.Stranger())
        case EndOccupancy():
            return await rows.lock_member_of_occupancy(tx, command.occupancy_id)
        case _:
            return await rows.lock_member(tx, command.member_id)


async def _known(tx: Connection, command: MemberCommand, alliance_id: UUID) -> members.Known:
    relatives = [command.relative_id] if isinstance(command, DeclareKin) else []
    return members.Known(
        places=await rows.places_known(tx, alliance_id, command.places),
        members=await rows.members_known(tx, alliance_id, relatives),
    )
