"""Is this known already? Asked before a complaint is sent, and by the coordinator before it is taken on."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from services.complaints import answers, policy, storage, use_cases, views
from services.complaints.api.asking import Ask
from services.complaints.api.forms import FilingForm, Form
from services.complaints.api.reads import seen
from services.complaints.sentences import TEXTS
from services.complaints.similar import Complaint, Known, Likeness, about, is_private
from shared.access.actor import Actor
from shared.access.door import CurrentActor, TheKit, actor_or_public
from shared.errors import Invalid, NotAllowed
from shared.persistence.database import Connection

router = APIRouter()

OFFERED, COMPARED, COUNTED = 5, 50, 200


@router.post("/v1/cases/similar")
async def similar_to_a_filing(
    form: FilingForm, actor: Annotated[Actor, Depends(actor_or_public)], kit: TheKit
) -> answers.SimilarCases:
    """Open cases of about the same: nothing is saved. Who has not signed in learns a rounded number alone."""
    now = kit.clock.now()
    async with kit.database.reading() as connection:
        place = await storage.place_of(connection, form.place_id) if form.place_id else None
        if place is None or actor.alliance_id not in (None, place[0]):
            return answers.SimilarCases(items=[], about=None)
        complaint = Complaint(form.place_id, place[1], form.category, form.subcategory, form.description)
        found = await use_cases.alike(
            connection, complaint, place[0], now, limit=COUNTED, not_of=actor.member_id
        )
        floor = await use_cases.figure(connection, place[0], "household_floor", now)
    offered = [one for one in found if not is_private(one.known.file.identity)]
    items = offered[:OFFERED] if policy.may_be_offered(actor) else []
    return answers.SimilarCases(items=[_offered(one) for one in items], about=about(len(found), floor))


@router.get("/v1/cases/{id}/similar")
async def similar_to_a_case(id: UUID, actor: CurrentActor, kit: TheKit) -> answers.ComparedCases:
    """The coordinator's comparison, with how alike the words are and what else they speak of."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        if found.by.role != "coordinator":
            raise NotAllowed
        filed = views.words_in(await storage.steps_of(connection, id)).filed
        known = Known(found.stored.case.file, filed.description)
        alike = await use_cases.alike(
            connection,
            known.complaint,
            found.stored.aggregate.alliance_id,
            kit.clock.now(),
            limit=COMPARED,
            not_of=actor.member_id,
            without=id,
        )
        apart = await storage.told_apart(connection, id)
    return answers.ComparedCases(
        items=[_compared(one) for one in alike if one.known.file.case_id not in apart],
        other_matters=views.others(known.words, known.file.category),
    )


class ApartForm(Form):
    """The other one of two matters that look alike."""

    case_id: UUID


class Apart(BaseModel):
    next: str


@router.post("/v1/cases/{id}/apart", response_model=Apart)
async def tell_apart(id: UUID, form: ApartForm, ask: Ask) -> Response:
    """Not the same: neither is compared with the other any more. The coordinator of both says so."""

    async def work(tx: Connection) -> Apart:
        for case_id in (id, form.case_id):
            if (await seen(tx, case_id, ask.actor)).by.role != "coordinator":
                raise NotAllowed
        if form.case_id == id:
            raise Invalid("/case_id", "same_case")
        await storage.tell_apart(tx, id, form.case_id, by=ask.actor.member_id, now=ask.now())
        return Apart(next=TEXTS("told_apart", ask.language))

    return await ask.once(work)


def _offered(one: Likeness) -> answers.SimilarCase:
    return answers.SimilarCase(**_common(one))


def _compared(one: Likeness) -> answers.ComparedCase:
    file = one.known.file
    return answers.ComparedCase(
        **_common(one),
        reference=file.reference,
        subcategory=file.subcategory,
        score=one.score,
        other_matters=views.others(one.known.words, file.category),
    )


def _common(one: Likeness) -> dict[str, object]:
    file = one.known.file
    filed_on, is_half_month = policy.offered_day(file)
    return {
        "id": file.case_id,
        "place_id": file.place.place_id if file.place else None,
        "category": file.category,
        "filed_on": filed_on,
        "filed_on_is_half_month": is_half_month,
        "reasons": list(one.reasons),
    }
