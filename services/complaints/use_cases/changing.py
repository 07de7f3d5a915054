"""Load, decide, save: the one way a case changes. The doors own the transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, cast
from uuid import UUID, uuid4

import structlog

from services.complaints import policy, publish, storage
from services.complaints.commands import Command
from services.complaints.decisions import Case, Circumstances, Standing, State, decide, evolve
from services.complaints.decisions.state import Closed, Unfiled, stage_of
from services.complaints.events import Event
from services.complaints.people import People
from services.complaints.schedule import timer_changes
from shared.access.actor import Actor
from shared.contracts.envelope import Contract
from shared.errors import NotAllowed, NotNow
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection
from shared.persistence.journal import Proof
from shared.persistence.saving import Aggregate

log = structlog.get_logger()

new_party = uuid4
"""Random: an id made of the time would tell when somebody filed. The same holds for a case's own id."""


@dataclass(frozen=True)
class Done:
    """The case after a command, as the one who asked stands to it."""

    case: Case
    at: Circumstances
    proof: Proof


async def handle(tx: Connection, command: Command, actor: Actor, now: datetime) -> Done:
    """Decides and saves a command that needs to know nothing but its case."""
    return await apply(tx, command, await begin(tx, command, actor, now))


@dataclass(frozen=True)
class Begun:
    """A command under way: the case held, its people known, its actor let in."""

    before: Aggregate[State]
    people: People
    actor: Actor
    at: Circumstances

    @property
    def case(self) -> Case:
        assert not isinstance(self.before.state, Unfiled)  # noqa: S101
        return self.before.state


def standing_for(kind: type[Command], actor: Actor, stored: storage.Stored) -> Standing | None:
    """What the actor is to the case where they ask that: an officer or a volunteer too, for what is theirs."""
    who = (actor, stored.aggregate.alliance_id, stored.case, stored.people)
    by = policy.standing(*who)
    if by is None or not policy.may(by, kind):
        others = (policy.officer_of(*who), policy.volunteer_of(*who))
        by = next((one for one in others if one and policy.may(one, kind)), by)
    return by


async def begin(tx: Connection, command: Command, actor: Actor, now: datetime) -> Begun:
    """Holds the case and lets the actor in. Raises NotFound, NotAllowed."""
    stored = await storage.lock_case(tx, command.case_id, by=actor)
    by = standing_for(type(command), actor, stored)
    at = Circumstances(policy.require(by, command), now, stored.timetable, stored.people.joined)
    return Begun(stored.aggregate, stored.people, actor, at)


async def apply(tx: Connection, command: Command, begun: Begun) -> Done:
    """Decides and saves: state, journal, outbox and timers in one statement. Raises NotNow, or a named refusal."""
    before, at = begun.before, begun.at
    events = _decided(before.state, command, at)
    if not events:
        return Done(begun.case, at, _proof(before))
    after = cast(Case, reduce(evolve, events, before.state))
    timers, cancelled = timer_changes(before.state, after, at.timetable)
    telling = publish.Telling(after, before.alliance_id, begun.people)
    over = await _over_with(tx, telling, before.state)
    change = saving.change(
        before,
        after,
        events,
        actor=policy.author(begun.actor, at.by, before.alliance_id, after),
        now=at.now,
        service="complaints",
        codec=storage.EVENTS,
        new_id=new_id,
        contracts=lambda event: [
            *publish.contracts_of(telling, event),
            *(over if event is events[-1] else ()),
        ],
        timers=timers,
        cancelled=cancelled,
    )
    await storage.save_case(tx, change, begun.people, at.now)
    told = [type(event).__name__ for event in events]
    log.info("case_decided", case=str(before.id), events=told, stage=stage_of(after), by=at.by.role)
    return Done(after, at, _proof(change.after))


def _decided(state: State, command: Command, at: Circumstances) -> list[Event]:
    """What follows; who may not ask it now is told what they may."""
    try:
        return decide(state, command, at)
    except NotNow as refusal:
        raise NotNow(refusal.data["stage"], policy.possible(state, at)) from None


async def _over_with(tx: Connection, telling: publish.Telling, before: State) -> list[Contract]:
    """What was asked around a case ends with it."""
    if isinstance(before, Closed) or not isinstance(telling.case, Closed):
        return []
    found = await storage.inquiries_of(tx, telling.case.file.case_id)
    asked = {one.aggregate.id: one.aggregate.state.asked for one in found}
    return publish.inquiries_over(telling, asked)


def _proof(stands: Aggregate[Any]) -> Proof:
    return Proof("complaints", stands.id, stands.head)


def alliance_of(actor: Actor) -> UUID:
    """The alliance somebody belongs to. Raises NotAllowed for who is in none."""
    if actor.alliance_id is None:
        raise NotAllowed
    return actor.alliance_id
