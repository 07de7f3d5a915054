"""Further parties: added by the coordinator, and served where no notice on the platform reaches them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response

from services.complaints import use_cases
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.commands import ServeParty
from services.complaints.terms import Basis, Capacity, Side

router = APIRouter(prefix="/v1/cases/{id}")


class PartyForm(Form):
    """A member who is concerned too, on which side and as what.

    `basis` and `fact` say by what somebody becomes the respondent of a matter whose doer nobody saw.
    """

    member_id: UUID
    side: Side = "respondent"
    capacity: Capacity = "other"
    basis: Basis | None = None
    fact: Note | None = None


class ServePartyForm(Form):
    party_id: UUID
    how: Literal["visit", "paper"]


@router.post("/add-party", response_model=Receipt)
async def add_party(id: UUID, form: PartyForm, ask: Ask) -> Response:
    return await ask.case(lambda tx, now: use_cases.add_party(tx, id, **dict(form), actor=ask.actor, now=now))


@router.post("/serve-party", response_model=Receipt)
async def serve_party(id: UUID, form: ServePartyForm, ask: Ask) -> Response:
    return await ask.command(ServeParty(id, form.party_id, form.how))
