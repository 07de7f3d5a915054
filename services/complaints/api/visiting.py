"""回访: recording a return visit, and the list of those still to be made."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import StrictBool

from services.complaints import answers, policy, storage, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.commands import RecordReturnVisit
from shared.access.door import CurrentActor, TheKit
from shared.clock import local_day
from shared.errors import NotAllowed

router = APIRouter()


class VisitForm(Form):
    """What was found; the note is for staff."""

    lasting: StrictBool
    note: Note | None = None
    visit_id: UUID | None = None


@router.post("/v1/cases/{id}/return-visits", response_model=Receipt)
async def record_visit(id: UUID, form: VisitForm, ask: Ask) -> Response:
    return await ask.command(RecordReturnVisit(id, form.lasting, form.note, form.visit_id))


@router.get("/v1/return-visits")
async def list_visits(
    actor: CurrentActor, kit: TheKit, *, is_due: Annotated[bool | None, Query(alias="due")] = None
) -> answers.VisitTasks:
    """The visits still to be made, those of closed cases too, and those with a survey to be asked aloud.

    The earliest first, two hundred at most.
    """
    if not policy.may_list_visits(actor):
        raise NotAllowed
    today = local_day(kit.clock.now())
    async with kit.database.reading() as connection:
        tasks = await storage.visits_for(connection, actor, today, is_due=is_due)
    return answers.VisitTasks(
        items=[
            answers.VisitTask(
                id=one.visit_id,
                case_id=one.case.file.case_id,
                reference=one.case.file.reference,
                category=one.case.file.category,
                subcategory=one.case.file.subcategory,
                place_id=one.case.file.place.place_id if one.case.file.place else None,
                due=one.due,
                provisional=one.provisional,
                made=one.made,
                late_days=0 if one.made else max(0, (today - one.due).days),
                survey_aloud=views.is_asked_aloud(one.case, actor),
            )
            for one in tasks
            if not one.made or views.is_asked_aloud(one.case, actor)
        ]
    )
