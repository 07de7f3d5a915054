"""A survey answered on paper: entered by whoever handed it over, with or without a picture of the slip."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.complaints import answers, storage, use_cases, views
from services.complaints.api.evidence import Bringing, Key, alone_or_with_file, said, typed
from services.complaints.api.forms import Form, Reference, Summary
from services.complaints.api.uploads import is_upload
from services.complaints.commands import EnterSurvey, Scan, StoredObject
from services.complaints.decisions.state import stage_of
from services.complaints.terms import Side, Slip
from services.complaints.views.slips import PaperSurvey
from shared.access.door import CurrentActor, CurrentLanguage, TheKit, once_for
from shared.errors import NotAllowed, NotNow
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/cases/{id}/survey-slips")


class SlipForm(Form):
    """What stands on the slip, or was said where `slip` says so; `kind` is what the picture is.

    `slip_of` is the party, where a side has several; `own_reference` the number under which a complainant filed,
    where many complain together.
    """

    side: Side
    slip_of: UUID | None = None
    own_reference: Reference | None = None
    slip: Slip = "paper"
    received_on: date
    solved: bool
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Summary | None = None
    kind: Literal["photo"] = "photo"


_BODY = alone_or_with_file(SlipForm, SlipForm)


@router.post("", response_model=answers.Receipt, openapi_extra=_BODY)
async def enter(
    id: UUID,
    request: Request,
    *,
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Key = None,
) -> Response:
    """Equal to an answer by link, and counted once, whichever came first."""
    member_id = actor.member_id
    if member_id is None:
        raise NotAllowed
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, EnterSurvey, actor)

    async def work(tx: Connection, form: SlipForm, scan: StoredObject | None = None) -> answers.Receipt:
        kept = Scan(uuid4(), scan) if scan else None
        slip = (form.side, form.received_on, member_id, form.solved, form.score, form.comment, form.slip_of)
        command = EnterSurvey(id, *slip, kept, form.slip)
        done = await use_cases.enter_survey(tx, command, form.own_reference, actor, kit.clock.now())
        return views.receipt(done, language)

    if not is_upload(request):
        once = await once_for(request, str(member_id), idempotency_key)
        alone = await typed(SlipForm, request)
        return await once(lambda tx: work(tx, alone))
    bringing = Bringing(id, request, kit, idempotency_key, str(member_id))
    async with bringing.upload() as upload:
        form = said(SlipForm, upload)
        return await bringing.once(upload, form.kind, lambda tx, scan: work(tx, form, scan))


@router.get("")
async def slip(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> PaperSurvey:
    """The slip to print and hand over."""
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, EnterSurvey, actor)
        stored = await storage.read_case(connection, id, by=actor)
    if not views.is_answered_on_paper(stored.case, actor, kit.clock.now()):
        raise NotNow(stage_of(stored.case), [])
    return views.paper_survey(stored.case, language, together=bool(stored.people.joined))
