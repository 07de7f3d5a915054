"""Somebody else becomes a party of a case that goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.commands import AddParty, NoteDelivery, ServeNotice, ServeParty
from services.complaints.terms import DELIVERIES, Basis, Capacity, Service, Side
from services.complaints.use_cases.changing import Done, apply, begin, handle, new_party
from shared.access.actor import SYSTEM, Actor
from shared.errors import Invalid
from shared.persistence.database import Connection


async def add_party(
    tx: Connection,
    case_id: UUID,
    member_id: UUID,
    side: Side,
    capacity: Capacity,
    *,
    basis: Basis | None,
    fact: str | None,
    actor: Actor,
    now: datetime,
) -> Done:
    """Raises Invalid for whom the alliance does not know, and for who is a party already.

    Whoever is joined to the case by a filing of their own may become one.
    """
    command = AddParty(case_id, new_party(), side, capacity, basis, fact)
    begun = await begin(tx, command, actor, now)
    fellow = begun.people.besides(member_id, begun.case.file).get("joined")
    if fellow is not None:
        command = replace(command, party_id=fellow)
    if not await storage.is_member(tx, member_id, begun.before.alliance_id):
        raise Invalid("/member_id", "unknown_member")
    if fellow is None and begun.people.parties_of(member_id):
        raise Invalid("/member_id", "already_party")
    people = begun.people.with_members({command.party_id: member_id})
    return await apply(tx, command, replace(begun, people=people))


async def serve_added(
    tx: Connection, case_id: UUID, member_id: UUID, how: Service, now: datetime, *, on: date | None = None
) -> None:
    """Their notice was read, delivered or handed over. Who was the first to be added is the respondent."""
    stored = await storage.lock_case(tx, case_id, by=SYSTEM)
    file = stored.case.file
    for party in stored.people.parties_of(member_id):
        if party not in file.respondents:
            continue
        if file.added_party(party) is not None:
            await handle(tx, ServeParty(case_id, party, how, on), SYSTEM, now)
        else:
            await handle(tx, service_of(case_id, how, on), SYSTEM, now)


def service_of(case_id: UUID, how: Service, on: date | None) -> NoteDelivery | ServeNotice:
    """What is delivered counts a while later, unless it is opened before."""
    return NoteDelivery(case_id, how) if how in DELIVERIES else ServeNotice(case_id, how, on)
