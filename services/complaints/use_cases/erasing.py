"""A person is erased: what stands against it, and what goes from every case of theirs that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from services.complaints import policy, storage
from services.complaints.commands import ErasePerson
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.erasing import obligation
from services.complaints.storage import EVENTS, Step, Stored
from services.complaints.use_cases.changing import apply, begin
from services.complaints.words import Self, is_own, said_in, without_words
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.contracts import complaints, erasure
from shared.erasure.holding import Holding, PersonErased
from shared.erasure.storage import Person, take_words
from shared.persistence.database import Connection


async def weigh(tx: Connection, person: Person, now: datetime) -> list[erasure.Obligation]:
    """A matter they may not know of yet stands against nothing: the answer would tell of it."""
    found = await storage.cases_of_member(tx, person.member_id)
    weighed = (obligation(one.case, _at(one, now)) for one in found if _knows(person, one))
    return [one for one in weighed if one is not None]


async def erase(tx: Connection, person: Person, now: datetime) -> PersonErased:
    """Of what runs nothing is taken; it is looked at again every day until it has ended."""
    counted = {"matters": 0, "words": 0, "evidence": 0}
    kept = [erasure.HISTORY_KEPT]
    later = False
    found = await storage.cases_of_member(tx, person.member_id)
    for case_id in sorted(one.aggregate.id for one in found):
        stored = await storage.lock_case(tx, case_id, by=SYSTEM)
        if obligation(stored.case, _at(stored, now)) is None:
            await _erase_from(tx, stored, person.member_id, now, counted)
            continue
        later = True
        if _knows(person, stored):
            kept.append(erasure.Kept(what="matter", ground="open_case"))
    counted["answers"], staying = await storage.take_private_answers(tx, person.member_id)
    if staying:
        later = True
        kept.append(erasure.Kept(what="answers", ground="open_case"))
    await storage.forget_neighbour(tx, person.member_id)
    return PersonErased(
        erasure.erased(counted),
        tuple(kept),
        local_day(now) + timedelta(days=1) if later else None,
    )


async def _erase_from(
    tx: Connection, stored: Stored, member_id: UUID, now: datetime, counted: dict[str, int]
) -> None:
    case_id, file = stored.aggregate.id, stored.case.file
    who = Self.of(stored.people.parties_of(member_id), file)
    command = ErasePerson(case_id, tuple(sorted(who.parties)))
    steps = await storage.steps_of(tx, case_id)
    await apply(tx, command, await begin(tx, command, SYSTEM, now))
    counted["matters"] += 1
    counted["words"] += await take_words(tx, case_id, dict(_remains(steps, who)))
    counted["evidence"] += sum(
        one.party_id in who.parties and one.content is not None for one in file.exhibits
    )
    await storage.unbind(tx, member_id, [case_id])


def _remains(steps: list[Step], who: Self) -> Iterator[tuple[int, bytes]]:
    for step in steps:
        if is_own(who, step.actor_id, step.event) and said_in(step.event):
            yield step.version, EVENTS.dump(without_words(step.event))[1]


def _knows(person: Person, stored: Stored) -> bool:
    asking = Actor(person.member_id, person.alliance_id)
    by = policy.standing(asking, stored.aggregate.alliance_id, stored.case, stored.people)
    return by is not None and by.role != "invited"


def _at(stored: Stored, now: datetime) -> Circumstances:
    return Circumstances(Standing("system"), now, stored.timetable, stored.people.joined)


HOLDING = Holding(
    service="complaints",
    erase=erase,
    done=complaints.PersonErased,
    weigh=weigh,
    weighed=complaints.ErasureWeighed,
)
