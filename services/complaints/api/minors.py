"""Filings about a child under 14: what waits for a guardian, and the guardian's consent."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response

from services.complaints import answers, policy, storage, use_cases, views
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.terms import Guardianship, RelationProof
from shared.access.door import CurrentActor, TheKit

router = APIRouter()


class ConsentForm(Form):
    """Who consents, how the coordinator made sure of the relation, and to what."""

    guardian_id: UUID
    relation: Guardianship
    proof: RelationProof
    purpose: Note


@router.post("/v1/cases/{id}/guardian-consent", response_model=answers.Receipt)
async def consent(id: UUID, form: ConsentForm, ask: Ask) -> Response:
    """Makes the notice a case, which has an id of its own and keeps the reference."""
    return await ask.case(
        lambda tx, now: use_cases.consent_for_minor(tx, id, **dict(form), actor=ask.actor, now=now)
    )


@router.get("/v1/minor-notices")
async def list_notices(actor: CurrentActor, kit: TheKit) -> answers.MinorNotices:
    """Coordinators alone: those that wait for a guardian."""
    policy.require_minor_notices(actor)
    async with kit.database.reading() as connection:
        waiting = await storage.open_minor_notices(connection, use_cases.alliance_of(actor))
    return answers.MinorNotices(items=[views.minor_notice(one) for one in waiting])
