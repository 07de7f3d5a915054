"""A person is erased: what stands against it, which files are kept how long, and what goes when their time is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.mediation.decisions.erasing import kept_until, obligation
from services.mediation.rules import rules_on
from services.mediation.state import Opened
from services.mediation.storage import erasing as rows
from services.mediation.storage import mediations as stored
from services.mediation.storage.charters import CHARTERS
from shared.clock import local_day
from shared.contracts import erasure, mediation
from shared.erasure.holding import Holding, PersonErased
from shared.erasure.storage import Person
from shared.persistence.database import Connection


async def weigh(tx: Connection, person: Person, _: datetime) -> list[erasure.Obligation]:
    """Whoever was only asked as a guest owes nothing."""
    found = (obligation(state) for state in await _own(tx, person) if not _is_guest(person, state))
    return [one for one in found if one is not None]


async def erase(tx: Connection, person: Person, now: datetime) -> PersonErased:
    """What was said of a person goes at once, a file when its time is over: until then it is stored and no more."""
    kept, emptied, later = [erasure.HISTORY_KEPT], 0, set()
    today = local_day(now)
    for state in await _own(tx, person):
        until = await _kept_until(tx, person, state, today)
        if until is None:
            emptied += await rows.empty_file(tx, state.matter.mediation_id)
            continue
        later.add(until + timedelta(days=1))
        ground = "open_case" if obligation(state) else "mediation_archive"
        kept.append(erasure.Kept(what="mediation_file", ground=ground, until=until))
    counted = {"known_person": await rows.forget_person(tx, person.member_id), "mediation_files": emptied}
    return PersonErased(erasure.erased(counted), tuple(kept), min(later, default=None))


async def _kept_until(tx: Connection, person: Person, state: Opened, today: date) -> date | None:
    """None where its time is over. What runs is looked at again tomorrow."""
    if obligation(state):
        return today
    charter = await CHARTERS.current(tx, person.alliance_id)
    ended = local_day(await rows.ended_at(tx, state.matter.mediation_id))
    until = kept_until(ended, rules_on(ended, charter.rules))
    return until if until >= today else None


async def _own(tx: Connection, person: Person) -> list[Opened]:
    return await stored.mediations_about(tx, person.alliance_id, person.member_id)


def _is_guest(person: Person, state: Opened) -> bool:
    matter = state.matter
    roles = (
        matter.party(person.member_id),
        matter.successor(person.member_id),
        matter.fellow(person.member_id),
    )
    return not any(roles)


HOLDING = Holding(
    service="mediation",
    erase=erase,
    done=mediation.PersonErased,
    weigh=weigh,
    weighed=mediation.ErasureWeighed,
)
