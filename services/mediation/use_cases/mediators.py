"""Asking somebody to mediate: facts gathered first, so that the decision can be pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import NominateMediator, TakeMediation
from services.mediation.decisions.conflict import conflicts
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.decisions.rota import next_in_turn
from services.mediation.rules import rules_on
from services.mediation.state import ChoosingMediator, Conflict, Matter, Opened
from services.mediation.storage import people
from services.mediation.storage.charters import CHARTERS
from services.mediation.use_cases.changing import apply, begin
from shared.access.actor import Actor
from shared.clock import local_day
from shared.errors import Invalid, Refused
from shared.persistence.database import Connection


async def nominate(
    tx: Connection, mediation_id: UUID, mediator_id: UUID | None, actor: Actor, now: datetime
) -> Opened:
    """Asks this mediator, or whoever's turn it is among those without conflict of interest."""
    before = await begin(tx, mediation_id, NominateMediator, actor)
    found = await eligible_mediators(tx, before.state.matter, local_day(now))
    if mediator_id is None:
        mediator_id = await _whose_turn(tx, before.state, found, now)
    else:
        policy.require_choice(actor, before.state)
        if mediator_id not in found:
            raise Invalid("/mediator_id", "unknown_mediator")
    command = NominateMediator(mediation_id, mediator_id, found[mediator_id])
    try:
        return await apply(tx, before, command, actor, now)
    except ConflictOfInterest as conflict:
        if policy.sees("conflict_kinds", policy.roles_in(actor, before.state)):
            raise
        raise conflict.without_kinds() from None


async def take(tx: Connection, mediation_id: UUID, mediator_id: UUID, actor: Actor, now: datetime) -> Opened:
    """The mediator asked takes it, if the facts still allow it."""
    before = await begin(tx, mediation_id, TakeMediation, actor)
    found = await _conflicts(tx, before.state.matter, [mediator_id], local_day(now))
    try:
        return await apply(
            tx, before, TakeMediation(mediation_id, mediator_id, found[mediator_id]), actor, now
        )
    except ConflictOfInterest as conflict:
        raise conflict.without_kinds() from None


async def eligible_mediators(
    connection: Connection, matter: Matter, on: date
) -> dict[UUID, frozenset[Conflict]]:
    """Every mediator of the alliance with what stands against them; nothing does for the eligible."""
    return await _conflicts(connection, matter, await people.mediators(connection, matter.alliance_id), on)


async def _conflicts(
    connection: Connection, matter: Matter, mediator_ids: Sequence[UUID], on: date
) -> dict[UUID, frozenset[Conflict]]:
    party_ids = [party.member_id for party in matter.parties]
    known = await people.people(connection, [*party_ids, *mediator_ids], on=on)
    building_id = await people.building_of(connection, matter.place_id)
    parties = tuple(known[party_id] for party_id in party_ids)
    return {one: conflicts(known[one], parties, building_id=building_id) for one in mediator_ids}


async def _whose_turn(
    tx: Connection, state: Opened, found: dict[UUID, frozenset[Conflict]], now: datetime
) -> UUID:
    rules = (await CHARTERS.current(tx, state.matter.alliance_id)).rules
    since = now - timedelta(days=rules_on(local_day(now), rules).rota_days)
    free = [mediator_id for mediator_id, against in found.items() if not against]
    passed = state.passed if isinstance(state, ChoosingMediator) else ()
    chosen = next_in_turn(await people.turns(tx, free, since=since), passed=passed)
    if chosen is None:
        raise Refused("no_mediator_free")
    return chosen
