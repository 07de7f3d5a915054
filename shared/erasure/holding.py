"""How a service answers the alliance where a person is to be erased: by events of its own, at least once, in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import structlog

from shared.access.actor import SYSTEM
from shared.access.door import Kit
from shared.clock import local_day, start_of_day
from shared.contracts import alliance, erasure
from shared.contracts.envelope import Contract, Envelope
from shared.erasure import storage
from shared.erasure.storage import Person
from shared.ids import new_id
from shared.messaging.subscription import Handler
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.timers import Timer

log = structlog.get_logger()

ERASE_PERSON = "erase_person"
"""The kind of timer that looks again when what stayed may go."""


@dataclass(frozen=True)
class ErasureWeighed:
    obligations: tuple[erasure.Obligation, ...]


@dataclass(frozen=True)
class PersonErased:
    """What is gone and what stays; `again_on` is when the service looks again."""

    erased: tuple[erasure.Erased, ...] = ()
    kept: tuple[erasure.Kept, ...] = ()
    again_on: date | None = None


EVENTS: Codec[ErasureWeighed | PersonErased] = Codec(ErasureWeighed | PersonErased)

Weigh = Callable[[Connection, Person, datetime], Awaitable[Sequence[erasure.Obligation]]]
"""What stands against it here."""

Erase = Callable[[Connection, Person, datetime], Awaitable[PersonErased]]
"""Takes out what may go. It may run again: what is gone is not counted twice."""


@dataclass(frozen=True)
class Holding:
    """What a service does about it, and by which of its contracts it says so; who has no say weighs nothing."""

    service: str
    erase: Erase
    done: type[erasure.Done]
    weigh: Weigh | None = None
    weighed: type[erasure.Weighed] | None = None


def handlers(kit: Kit, holding: Holding) -> Mapping[str, Handler]:
    """The Kafka door: asked, and granted."""

    async def on_asked(tx: Connection, event: Envelope[alliance.ErasureAsked]) -> None:
        await weigh(tx, holding, _person(event.data), kit.clock.now())

    async def on_granted(tx: Connection, event: Envelope[alliance.ErasureGranted]) -> None:
        await erase(tx, holding, _person(event.data), kit.clock.now())

    asked = {alliance.ErasureAsked.TYPE: on_asked} if holding.weigh else {}
    return {**asked, alliance.ErasureGranted.TYPE: on_granted}


async def weigh(tx: Connection, holding: Holding, person: Person, now: datetime) -> None:
    """Says what stands against it, and changes nothing."""
    assert holding.weigh is not None  # noqa: S101
    assert holding.weighed is not None  # noqa: S101
    found = tuple(await holding.weigh(tx, person, now))
    told = holding.weighed(**_about(person), obligations=found)
    await _save(tx, holding, person, ErasureWeighed(found), told=told, now=now)


async def erase(tx: Connection, holding: Holding, person: Person, now: datetime) -> None:
    """Takes out what may go, says what went and what stays, and comes back on the day more may go."""
    report = await holding.erase(tx, person, now)
    await storage.forget_answers(tx, person.member_id)
    told = holding.done(**_about(person), on=local_day(now), erased=report.erased, kept=report.kept)
    await _save(tx, holding, person, report, told=told, now=now)
    log.info("person_erased", erasure=str(person.erasure_id), kept=len(report.kept))


async def erase_again(tx: Connection, holding: Holding, erasure_id: UUID | None, now: datetime) -> None:
    """The timers' door."""
    assert erasure_id is not None  # noqa: S101
    await erase(tx, holding, await storage.person_of(tx, erasure_id), now)


async def _save(
    tx: Connection,
    holding: Holding,
    person: Person,
    event: ErasureWeighed | PersonErased,
    *,
    told: Contract,
    now: datetime,
) -> None:
    before = await storage.lock_person(tx, person)
    change = saving.change(
        before,
        person,
        [event],
        actor=SYSTEM,
        now=now,
        service=holding.service,
        codec=EVENTS,
        new_id=new_id,
        contracts=lambda _: [told],
        timers=_timers(person, event),
    )
    await storage.save_person(tx, change)


def _timers(person: Person, event: ErasureWeighed | PersonErased) -> list[Timer]:
    if not isinstance(event, PersonErased) or event.again_on is None:
        return []
    due = start_of_day(event.again_on)
    return [Timer(f"{person.erasure_id}/{ERASE_PERSON}/{event.again_on}", ERASE_PERSON, due)]


def _person(told: alliance.ErasureAsked | alliance.ErasureGranted) -> Person:
    return Person(told.erasure_id, told.member_id, told.alliance_id)


def _about(person: Person) -> dict[str, UUID]:
    return {
        "member_id": person.member_id,
        "alliance_id": person.alliance_id,
        "erasure_id": person.erasure_id,
    }
