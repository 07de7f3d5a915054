"""That it happened again, with or without a file that shows it: both in one, so that neither stands alone."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BeforeValidator, Field

from services.complaints import answers, use_cases, views
from services.complaints.api.evidence import ADDED, Bringing, Key, alone_or_with_file, said, typed
from services.complaints.api.forms import Form, Note
from services.complaints.api.uploads import is_upload
from services.complaints.commands import AddEvidence, LogOccurrence, StoredObject
from services.complaints.terms import EvidenceKind
from shared.access.door import CurrentActor, CurrentLanguage, TheKit, once_for
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/cases/{id}/occurrences")


def _listed(written: Any) -> Any:
    """Beside a file every field is text: there the ids stand one after another, with commas."""
    return [one.strip() for one in written.split(",") if one.strip()] if isinstance(written, str) else written


class OccurrenceForm(Form):
    """`evidence_ids` name what lies before the case already and shows it."""

    note: Note | None = None
    evidence_ids: Annotated[tuple[UUID, ...], Field(max_length=20), BeforeValidator(_listed)] = ()


class ShownForm(OccurrenceForm):
    """The same with a file, of which is said what it is. `shows_minor` seals it at once."""

    kind: EvidenceKind
    taken_at: AwareDatetime | None = None
    shows_minor: bool = False


_BODY = alone_or_with_file(OccurrenceForm, ShownForm, evidence_ids={"type": "string"})


@router.post("", response_model=answers.Receipt, openapi_extra=_BODY)
async def log_occurrence(
    id: UUID,
    request: Request,
    *,
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Key = None,
) -> Response:
    """It happened again; `kind` is to come before `file`, so that its limit counts from the first byte."""

    async def log(tx: Connection, form: OccurrenceForm, *, shown: tuple[UUID, ...] = ()) -> answers.Receipt:
        command = LogOccurrence(id, form.note, (*form.evidence_ids, *shown))
        return views.receipt(await use_cases.handle(tx, command, actor, kit.clock.now()), language)

    if not is_upload(request):
        once = await once_for(request, str(actor.member_id), idempotency_key)
        alone = await typed(OccurrenceForm, request)
        return await once(lambda tx: log(tx, alone))
    bringing = Bringing(id, request, kit, idempotency_key, str(actor.member_id))
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, LogOccurrence, actor)
    async with bringing.upload() as upload:
        form = said(ShownForm, upload)

        async def work(tx: Connection, stored: StoredObject) -> answers.Receipt:
            file = AddEvidence(id, uuid4(), form.kind, stored, form.taken_at, None, form.shows_minor)
            await use_cases.handle(tx, file, actor, kit.clock.now())
            ADDED.labels(form.kind).inc()
            return await log(tx, form, shown=(file.evidence_id,))

        return await bringing.once(upload, form.kind, work)
