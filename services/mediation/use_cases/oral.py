"""What was agreed on the spot: opened as the case tells it, recorded if the mediator is free of ties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation import policy
from services.mediation.commands import OpenOral, RecordOral, Wording
from services.mediation.state import Opened, OralPromise, Unopened
from services.mediation.storage import mediations
from services.mediation.use_cases.changing import apply, begin
from services.mediation.use_cases.mediators import conflicts_of, neutrally
from services.mediation.use_cases.opening import parties_of
from shared.access.actor import SYSTEM, Actor
from shared.clock import local_day
from shared.contracts import complaints
from shared.errors import NotAllowed
from shared.persistence import saving
from shared.persistence.database import Connection


async def open_oral(tx: Connection, told: complaints.OralAgreementStated, now: datetime) -> None:
    """Opens it once, under the id the case gave it."""
    if await mediations.open_mediation_of(tx, told.case_id) is not None:
        return
    sides = [(party.member_id, party.side) for party in told.parties]
    command = OpenOral(
        mediation_id=told.mediation_id,
        case_id=told.case_id,
        alliance_id=told.alliance_id,
        reference=told.reference,
        place_id=told.place_id,
        category=told.category,
        parties=await parties_of(tx, sides, now),
        agreement_id=told.agreement_id,
        mediator_id=told.mediator_id,
        captain_id=told.captain_id,
        spoken_for=told.spoken_for,
        talked_at=told.talked_at,
        agreed_at=told.agreed_at,
        promises=tuple(OralPromise(one.commitment_id, one.owner_side, one.due_on) for one in told.promises),
    )
    unopened = saving.Aggregate(command.mediation_id, command.alliance_id, Unopened())
    await apply(tx, unopened, command, SYSTEM, now)


async def record_oral(
    tx: Connection,
    agreement_id: UUID,
    terms: str,
    wording: tuple[Wording, ...],
    *,
    actor: Actor,
    now: datetime,
) -> Opened:
    """The mediator who was there writes down what was agreed. Raises Invalid where they have ties."""
    mediation_id = await mediations.mediation_of_agreement(tx, actor, agreement_id=agreement_id)
    before = await begin(tx, mediation_id, RecordOral, actor)
    mediator_id = policy.member(actor)
    if not actor.has("mediator"):
        raise NotAllowed
    found = await conflicts_of(tx, before.state.matter, [mediator_id], local_day(now))
    command = RecordOral(mediation_id, agreement_id, terms, wording, found[mediator_id])
    with neutrally():
        return await apply(tx, before, command, actor, now)
