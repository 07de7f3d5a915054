"""回访: recording a return visit, and the list of those still to be made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import StrictBool

from services.complaints import answers, policy, storage, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.commands import RecordReturnVisit
from services.complaints.storage.visits import Task
from shared.access.actor import Actor
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
    """The visits still to be made, those of closed cases too, and those whose survey waits for somebody's answer.

    The earliest first, two hundred at most.
    """
    if not policy.may_list_visits(actor):
        raise NotAllowed
    now = kit.clock.now()
    async with kit.database.reading() as connection:
        tasks = await storage.visits_for(connection, actor, local_day(now), is_due=is_due)
    return answers.VisitTasks(items=[_task(one, actor, now) for one in tasks if _is_left(one, actor, now)])


def _is_left(task: Task, actor: Actor, now: datetime) -> bool:
    """Whether the visit is still to be made, or its reader has the question how it went to ask or to enter."""
    asked = views.is_asked_aloud(task.case, actor) or views.is_answered_on_paper(task.case, actor, now)
    return asked or not task.made


def _task(task: Task, actor: Actor, now: datetime) -> answers.VisitTask:
    file = task.case.file
    return answers.VisitTask(
        id=task.visit_id,
        case_id=file.case_id,
        reference=file.reference,
        category=file.category,
        subcategory=file.subcategory,
        place_id=file.place.place_id if file.place else None,
        due=task.due,
        provisional=task.provisional,
        made=task.made,
        late_days=0 if task.made else max(0, (local_day(now) - task.due).days),
        survey_aloud=views.is_asked_aloud(task.case, actor),
        survey_slips=views.is_answered_on_paper(task.case, actor, now),
    )
