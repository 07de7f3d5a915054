"""What the case does to its mediation: it is opened once, and ends when the case is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.mediation.commands import AskReleases, EndWithdrawn, NoteBeside, OpenMediation
from services.mediation.decisions.conflict import Person
from services.mediation.state import Beside, Dwelling, Matter, Party, Side, Unopened
from services.mediation.storage import mediations, people
from services.mediation.use_cases.changing import apply, handle
from shared.access.actor import SYSTEM
from shared.clock import local_day
from shared.ids import new_id
from shared.persistence import saving
from shared.persistence.database import Connection

_DWELLING: dict[Side, Dwelling] = {"complainant": "home", "respondent": "shop"}
"""What a party is called by until we are told where they live or trade."""


async def open_mediation(
    tx: Connection,
    case_id: UUID,
    *,
    alliance_id: UUID,
    reference: str,
    hidden: bool,
    place_id: UUID | None,
    category: str,
    conflict_id: UUID | None,
    represented: tuple[UUID, ...],
    minor: bool,
    sides: Sequence[tuple[UUID, Side]],
    now: datetime,
) -> None:
    """Opens the case's mediation; one that is still open already makes this a repeat, and nothing happens.

    Where an earlier one stands on paper alone, those it is owed to are asked to release what is left of it.
    """
    if await mediations.open_mediation_of(tx, case_id) is not None:
        return
    for on_paper in await mediations.deserted_of(tx, case_id):
        await handle(tx, AskReleases(on_paper), SYSTEM, now)
    parties = await parties_of(tx, sides, now)
    same_conflict = await mediations.of_conflict(tx, conflict_id, alliance_id) if conflict_id else []
    between_the_same = [
        one.matter for one in same_conflict if not hidden and _is_between(one.matter, parties)
    ]
    command = OpenMediation(
        new_id(),
        case_id,
        alliance_id,
        reference,
        hidden,
        place_id,
        parties,
        category,
        minor=minor,
        conflict_id=conflict_id,
        represented=represented,
        beside=tuple(_beside(matter) for matter in between_the_same),
    )
    await apply(tx, saving.Aggregate(command.mediation_id, alliance_id, Unopened()), command, SYSTEM, now)
    own = Beside(command.mediation_id, case_id, reference)
    for matter in between_the_same:
        await handle(tx, NoteBeside(matter.mediation_id, own), SYSTEM, now)


def _is_between(matter: Matter, parties: Sequence[Party]) -> bool:
    """Whether it is between just these people, who all know of each other."""
    members = {party.member_id for party in parties}
    return not matter.hidden and {party.member_id for party in matter.parties} == members


def _beside(matter: Matter) -> Beside:
    return Beside(matter.mediation_id, matter.case_id, matter.reference)


async def parties_of(tx: Connection, sides: Sequence[tuple[UUID, Side]], now: datetime) -> tuple[Party, ...]:
    """Each with where they live or trade, and whether they can sign in, as far as we were told."""
    member_ids = [member_id for member_id, _ in sides]
    known = await people.people(tx, member_ids, on=local_day(now))
    without = await people.without_account(tx, member_ids)
    return tuple(
        Party(member_id, side, _dwelling(known[member_id], side), no_account=member_id in without)
        for member_id, side in sides
    )


def _dwelling(person: Person, side: Side) -> Dwelling:
    kinds = {occupancy.kind for occupancy in person.occupancies}
    if not kinds:
        return _DWELLING[side]
    return "shop" if "trades" in kinds else "home"


async def end_withdrawn(tx: Connection, case_id: UUID, now: datetime) -> None:
    """Ends the mediation of a withdrawn case, if one is open; a session not begun is called off."""
    mediation_id = await mediations.open_mediation_of(tx, case_id)
    if mediation_id is not None:
        await handle(tx, EndWithdrawn(mediation_id), SYSTEM, now)
