"""What every contract says of a mediation, its parties and its promises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.mediation.state import Matter, Opened, Promise, Side, commitments_of, mediator_of
from services.mediation.state import Party as Concerned
from shared.contracts import mediation as told
from shared.contracts.complaints import Party


def common(after: Opened) -> dict[str, Any]:
    """Which matter it is, who is concerned and who leads."""
    matter = after.matter
    return {
        "mediation_id": matter.mediation_id,
        "case_id": matter.case_id,
        "alliance_id": matter.alliance_id,
        "reference": matter.reference,
        "parties": tuple(Party(member_id=party.member_id, side=party.side) for party in _there(matter)),
        "mediator_id": mediator_of(after),
    }


def _there(matter: Matter) -> list[Concerned]:
    """Who is concerned now: nobody who has left hears of it as an occupant; who came after them does."""
    return [party for party in (*matter.parties, *matter.successors) if party.left_on is None]


def members(after: Opened, side: Side) -> tuple[UUID, ...]:
    return tuple(party.member_id for party in after.matter.side(side))


def owed(after: Opened, commitment_id: UUID) -> dict[str, Any]:
    promises = (commitment.promise for commitment in commitments_of(after))
    promise = next(one for one in promises if one.commitment_id == commitment_id)
    return promised(after, promise).model_dump()


def promised(after: Opened, promise: Promise) -> told.Promise:
    """The first of the owner's side answers for it towards other services."""
    owner = (*after.matter.present(promise.owner_side), *after.matter.side(promise.owner_side))[0]
    return told.Promise(commitment_id=promise.commitment_id, owner_id=owner.member_id, due_on=promise.due_on)


def side_of(after: Opened, party_id: UUID) -> Side:
    return next(party.side for party in after.matter.parties if party.member_id == party_id)
