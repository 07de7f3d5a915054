"""What the case tells of its parties reaches every mediation of it that is not over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.commands import NoteDeparture, NoteSuccessor, WaiveCommitment
from services.mediation.state import Commitment, Opened, Release, Side, commitments_of
from services.mediation.storage import mediations
from services.mediation.use_cases.changing import apply, handle
from shared.access.actor import PUBLIC, SYSTEM
from shared.clock import local_day
from shared.persistence.database import Connection


async def note_departure(
    tx: Connection, case_id: UUID, member_id: UUID, now: datetime, *, died: bool
) -> None:
    """One of its parties has left."""
    for mediation_id in await mediations.unfinished_of(tx, case_id):
        await handle(tx, NoteDeparture(mediation_id, member_id, local_day(now), died), SYSTEM, now)


async def note_successor(tx: Connection, case_id: UUID, member_id: UUID, side: Side, now: datetime) -> None:
    """Somebody came after a party that left."""
    for mediation_id in await mediations.unfinished_of(tx, case_id):
        await handle(tx, NoteSuccessor(mediation_id, member_id, side), SYSTEM, now)


async def release_by_link(tx: Connection, release_id: UUID, now: datetime) -> Opened:
    """The holder of a personal link releases a promise for whom it was sent to; twice is once. Raises NotFound."""
    mediation_id = await mediations.mediation_of_release(tx, release_id)
    before = await mediations.lock_mediation(tx, mediation_id, by=SYSTEM)
    commitment, release = released(before.state, release_id)
    if release.party in commitment.waived_by or commitment.is_settled:
        return before.state
    waive = WaiveCommitment(before.id, commitment.promise.commitment_id, release.party)
    return await apply(tx, before, waive, PUBLIC, now)


def released(state: Opened, release_id: UUID) -> tuple[Commitment, Release]:
    """What a personal link asks about."""
    return next(
        (commitment, release)
        for commitment in commitments_of(state)
        for release in commitment.releases
        if release.release_id == release_id
    )
