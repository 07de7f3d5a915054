"""What the case does to its mediation: it is opened once, and ends when the case is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.mediation.commands import EndWithdrawn, OpenMediation
from services.mediation.decisions.conflict import Person
from services.mediation.state import Dwelling, Party, Side, Unopened
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
    sides: Sequence[tuple[UUID, Side]],
    now: datetime,
) -> None:
    """Opens the case's mediation; one that is still open already makes this a repeat, and nothing happens."""
    if await mediations.open_mediation_of(tx, case_id) is not None:
        return
    parties = await parties_of(tx, sides, now)
    command = OpenMediation(new_id(), case_id, alliance_id, reference, hidden, place_id, parties, category)
    await apply(tx, saving.Aggregate(command.mediation_id, alliance_id, Unopened()), command, SYSTEM, now)


async def parties_of(tx: Connection, sides: Sequence[tuple[UUID, Side]], now: datetime) -> tuple[Party, ...]:
    """Each with where they live or trade, as far as we were told."""
    known = await people.people(tx, [member_id for member_id, _ in sides], on=local_day(now))
    return tuple(Party(member_id, side, _dwelling(known[member_id], side)) for member_id, side in sides)


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
