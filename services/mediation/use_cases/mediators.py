"""Asking somebody to mediate: facts gathered first, so that the decision can be pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import DeclineMediator, NominateMediator, StopForConflict, TakeMediation
from services.mediation.decisions.conflict import conflicts
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.decisions.profile import Profile
from services.mediation.decisions.rota import Turn, in_order, next_in_turn
from services.mediation.rules import rules_on
from services.mediation.state import Conflict, Matter, Opened, Relation, candidate_of, passed_of
from services.mediation.storage import mediations, people, profiles
from services.mediation.storage.charters import CHARTERS
from services.mediation.use_cases.changing import apply, begin
from shared.access.actor import Actor
from shared.clock import local_day
from shared.errors import Invalid, NotFound, Refused
from shared.persistence.database import Connection


@contextmanager
def neutrally(*, tells: bool = False) -> Iterator[None]:
    """What stands against somebody is said to those who may know it; to everybody else, that something does."""
    try:
        yield
    except ConflictOfInterest as conflict:
        if tells:
            raise
        raise conflict.without_kinds() from None


async def nominate(
    tx: Connection, mediation_id: UUID, mediator_id: UUID | None, actor: Actor, now: datetime
) -> Opened:
    """Asks this mediator, or whoever's turn it is among those without conflict of interest."""
    before = await begin(tx, mediation_id, NominateMediator, actor)
    found = await eligible_mediators(tx, before.state.matter, local_day(now))
    party = None
    if mediator_id is None:
        mediator_id = await _whose_turn(tx, before.state, found, now)
        if mediator_id is None:
            raise Refused("no_mediator_free")
    else:
        policy.require_choice(actor, before.state)
        if mediator_id not in found:
            raise Invalid("/mediator_id", "unknown_mediator")
        party = actor.member_id if policy.side_of(actor, before.state) else None
    command = NominateMediator(mediation_id, mediator_id, found[mediator_id], party)
    with neutrally(tells=policy.sees("conflict_kinds", policy.roles_in(actor, before.state))):
        return await apply(tx, before, command, actor, now)


async def take(
    tx: Connection, mediation_id: UUID, relation: Relation, *, actor: Actor, now: datetime
) -> Opened:
    """The mediator asked takes it, if the facts still allow it; who declares a tie makes room for the next."""
    before = await begin(tx, mediation_id, TakeMediation, actor)
    mediator_id = policy.member(actor)
    found = await conflicts_of(tx, before.state.matter, [mediator_id], local_day(now))
    after_them = await _substitute(tx, before.state, now) if relation != "none" else None
    command = TakeMediation(mediation_id, mediator_id, found[mediator_id], relation, after_them)
    with neutrally():
        return await apply(tx, before, command, actor, now)


async def decline_mediator(tx: Connection, mediation_id: UUID, actor: Actor, now: datetime) -> Opened:
    """A party does not want them; the next one is asked at once."""
    before = await begin(tx, mediation_id, DeclineMediator, actor)
    substitute = await _substitute(tx, before.state, now)
    command = DeclineMediator(mediation_id, policy.member(actor), substitute)
    return await apply(tx, before, command, actor, now)


async def stop_for_conflict(
    tx: Connection, mediation_id: UUID, note: str, actor: Actor, now: datetime
) -> Opened:
    """Takes the mediator off, voids a session that had begun, and asks the next one."""
    before = await begin(tx, mediation_id, StopForConflict, actor)
    substitute = await _substitute(tx, before.state, now)
    command = StopForConflict(mediation_id, policy.member(actor), note, substitute)
    return await apply(tx, before, command, actor, now)


async def eligible_mediators(
    connection: Connection, matter: Matter, on: date
) -> dict[UUID, frozenset[Conflict]]:
    """Every mediator of the alliance with what stands against them; nothing does for the eligible."""
    return await conflicts_of(connection, matter, await people.mediators(connection, matter.alliance_id), on)


async def conflicts_of(
    connection: Connection, matter: Matter, mediator_ids: Sequence[UUID], on: date
) -> dict[UUID, frozenset[Conflict]]:
    """What stands against each of these: how near they are to a party, or to whom one acts for."""
    party_ids = [*(party.member_id for party in matter.parties), *matter.represented]
    known = await people.people(connection, [*party_ids, *mediator_ids], on=on)
    said = await profiles.profiles(connection, mediator_ids)
    stood_with = await mediations.stood_with(connection, matter, mediator_ids)
    building_id = await people.building_of(connection, matter.place_id)
    parties = tuple(known[party_id] for party_id in party_ids)
    return {
        one: conflicts(
            replace(known[one], declared=said[one].declared, stood_with=stood_with[one]),
            parties,
            building_id=building_id,
            place_id=matter.place_id,
        )
        for one in mediator_ids
    }


async def _substitute(tx: Connection, state: Opened, now: datetime) -> UUID | None:
    """Who is asked after the one who leaves; None when nobody is left and the committee must look further."""
    found = await eligible_mediators(tx, state.matter, local_day(now))
    leaving = candidate_of(state)
    return await _whose_turn(tx, state, {one: ties for one, ties in found.items() if one != leaving}, now)


async def _whose_turn(
    tx: Connection, state: Opened, found: dict[UUID, frozenset[Conflict]], now: datetime
) -> UUID | None:
    free = [mediator_id for mediator_id, against in found.items() if not against]
    return next_in_turn(await turns(tx, state.matter, free, now), passed=passed_of(state))


async def turns(
    connection: Connection, matter: Matter, mediator_ids: Sequence[UUID], now: datetime
) -> list[Turn]:
    """These mediators in the order in which they are listed and asked for this matter."""
    rules = rules_on(local_day(now), (await CHARTERS.current(connection, matter.alliance_id)).rules)
    since = now - timedelta(days=rules.rota_days)
    said = await profiles.profiles(connection, mediator_ids)
    led = await profiles.open_mediations(connection, mediator_ids)
    return in_order(
        replace(
            turn,
            fit=said[turn.mediator_id].fit(matter.languages, matter.category),
            full=said[turn.mediator_id].is_full(led[turn.mediator_id], usual_limit=rules.open_mediations),
        )
        for turn in await people.turns(connection, mediator_ids, since=since)
    )


async def profile_of(connection: Connection, mediator_id: UUID, actor: Actor) -> Profile:
    """A mediator's own, or to a coordinator that of one of the alliance's. Raises NotFound."""
    await _require_profile(connection, mediator_id, actor)
    return (await profiles.profiles(connection, [mediator_id]))[mediator_id]


async def set_profile(tx: Connection, mediator_id: UUID, profile: Profile, actor: Actor) -> None:
    """What a mediator says of themselves, or a coordinator enters for them. Raises NotFound."""
    await _require_profile(tx, mediator_id, actor)
    await profiles.keep_profile(tx, mediator_id, policy.alliance(actor), profile)


async def _require_profile(connection: Connection, mediator_id: UUID, actor: Actor) -> None:
    policy.require_profile(actor, mediator_id)
    if mediator_id not in await people.mediators(connection, policy.alliance(actor)):
        raise NotFound
