"""Evidence: brought as a file, listed, read, and shown to the other side."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID, uuid4

from fastapi import APIRouter, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from prometheus_client import Counter
from pydantic import AwareDatetime, ValidationError

from services.complaints import answers, showing, storage, use_cases, views
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.api.reads import seen
from services.complaints.api.uploads import Upload, is_upload, received
from services.complaints.commands import AddEvidence, ReleaseEvidence, StoredObject
from services.complaints.media import limited
from services.complaints.media.formats import NotTaken, Why
from services.complaints.objects import Objects
from services.complaints.settings import Settings
from services.complaints.terms import EvidenceKind
from shared.access.door import CurrentActor, CurrentLanguage, Kit, Once, TheKit, once_for, require_key
from shared.errors import Invalid, NotFound, Refused
from shared.persistence import idempotency
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/cases/{id}/evidence")

STREAMED = r"/v1/(evidence/cleaned|cases/[^/]+/(evidence(/[^/]+/release)?|occurrences|survey-slips))"
"""Where bodies may be larger than elsewhere: they are counted by kind while they arrive."""

REFUSED = Counter("shangju_evidence_refused_total", "Files not taken, by reason", ["reason"])
ADDED = Counter("shangju_evidence_added_total", "Files laid before a case", ["kind"])

Key = Annotated[str | None, Header()]
F = TypeVar("F", bound=Form)

_EXTENSIONS = {
    "image/jpeg": "jpg",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "audio/webm": "weba",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "application/pdf": "pdf",
    "text/plain; charset=utf-8": "txt",
}
_UPLOADED = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["kind", "file"],
                    "properties": {
                        "kind": {"enum": ["photo", "audio", "video", "document"]},
                        "taken_at": {"type": "string", "format": "date-time"},
                        "note": {"type": "string", "maxLength": 500},
                        "shows_minor": {"type": "boolean"},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}


class BadFile(Invalid):
    """The file is not one we take."""

    def __init__(self, why: Why) -> None:
        super().__init__("/file", why)


class EvidenceForm(Form):
    """What is said of a file. `shows_minor` seals it at once."""

    kind: EvidenceKind
    taken_at: AwareDatetime | None = None
    note: Note | None = None
    shows_minor: bool = False


class MaskedForm(Form):
    """The masked copy is a photo or a recording; a document's metadata cannot be trusted to be clean."""

    kind: Literal["photo", "audio", "video"] = "photo"


@router.post("", status_code=201, response_model=answers.EvidenceReceipt, openapi_extra=_UPLOADED)
async def add_evidence(
    id: UUID,
    request: Request,
    *,
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Key = None,
) -> Response:
    """Lay a file before the case; `kind` is to come before `file`, so that its limit counts from the first byte."""
    bringing = Bringing(id, request, kit, idempotency_key, str(actor.member_id))
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, AddEvidence, actor)
    async with bringing.upload() as upload:
        form = said(EvidenceForm, upload)

        async def work(tx: Connection, stored: StoredObject) -> answers.EvidenceReceipt:
            command = AddEvidence(id, uuid4(), form.kind, stored, form.taken_at, form.note, form.shows_minor)
            done = await use_cases.handle(tx, command, actor, kit.clock.now())
            ADDED.labels(form.kind).inc()
            receipt = views.receipt(done, language)
            return answers.EvidenceReceipt(**dict(receipt), evidence_id=command.evidence_id)

        return await bringing.once(upload, form.kind, work, status=201)


@router.post("/{evidence_id}/release", response_model=answers.Receipt)
async def release_evidence(
    id: UUID,
    evidence_id: UUID,
    request: Request,
    *,
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    idempotency_key: Key = None,
) -> Response:
    """Show it to the other side, as it is or, with a file, masked."""

    async def release(tx: Connection, masked: StoredObject | None = None) -> answers.Receipt:
        command = ReleaseEvidence(id, evidence_id, masked)
        return views.receipt(await use_cases.handle(tx, command, actor, kit.clock.now()), language)

    if not is_upload(request):
        once = await once_for(request, str(actor.member_id), idempotency_key)
        await _require_empty(request)
        return await once(release)
    bringing = Bringing(id, request, kit, idempotency_key, str(actor.member_id))
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, ReleaseEvidence, actor)
    async with bringing.upload() as upload:
        return await bringing.once(upload, said(MaskedForm, upload).kind, release)


@router.get("")
async def list_evidence(id: UUID, actor: CurrentActor, kit: TheKit) -> answers.EvidenceList:
    """What lies before the case, as far as the reader may know of it."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        steps = await storage.steps_of(connection, id)
    items = views.evidence(steps, found.by, actor.member_id, found.stored.case.file)
    return answers.EvidenceList(items=items)


@router.get("/{evidence_id}/content")
async def read_content(id: UUID, evidence_id: UUID, actor: CurrentActor, kit: TheKit) -> Response:
    """The bytes, for who may see just this piece; never a public address."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
    exhibit = found.stored.case.file.exhibit(evidence_id)
    if exhibit is None:
        raise NotFound
    return await content_of(evidence_id, showing.content_for(found.by, actor.member_id, exhibit), kit)


async def content_of(evidence_id: UUID, stored: StoredObject | None, kit: Kit) -> Response:
    """The bytes as a file. Raises NotFound for whom there are none."""
    if stored is None:
        raise NotFound
    pieces = await Objects(_settings(kit)).read(stored)
    return StreamingResponse(pieces, media_type=stored.media_type, headers=_private(evidence_id, stored))


def _private(evidence_id: UUID, stored: StoredObject) -> dict[str, str]:
    name = f"evidence-{evidence_id}.{_EXTENSIONS[stored.media_type]}"
    return {
        "Content-Length": str(stored.size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


class Bringing:
    """One upload: received, cleaned, kept, and told to the case once."""

    def __init__(self, case_id: UUID, request: Request, kit: Kit, key: str | None, principal: str) -> None:
        self._case_id = case_id
        self._request = request
        self._kit = kit
        self._key = require_key(key)
        self._principal = principal

    @asynccontextmanager
    async def upload(self) -> Any:
        """What came, put aside for as long as it is worked on."""
        limits: dict[Any, int] = {**_settings(self._kit).evidence_limits}
        async with received(self._request, limits) as upload:
            yield upload

    async def once(
        self,
        upload: Upload,
        kind: str,
        work: Callable[[Connection, StoredObject], Awaitable[Any]],
        *,
        status: int = 200,
    ) -> Response:
        """Cleans the file and keeps it, then does `work` once.

        Bytes of a refused or repeated request go at once. When the outcome of the commit is unknown they stay:
        the case may know of them, and if it does not, they are swept.
        """
        objects = Objects(_settings(self._kit))
        stored = await self._keep(objects, kind, upload)
        route = f"{self._request.method} {self._request.url.path}"
        asked = idempotency.Request(self._principal, route, self._key, upload.fingerprint())
        try:
            answer = await Once(self._kit, asked)(lambda tx: work(tx, stored), status=status)
        except Refused:
            await objects.let_go(stored.object_key)
            raise
        if "Idempotent-Replayed" in answer.headers:
            await objects.let_go(stored.object_key)
        return answer

    async def _keep(self, objects: Objects, kind: str, upload: Upload) -> StoredObject:
        clean = await cleaned(kind, upload, _settings(self._kit), of=self._principal)
        with clean.file as file:
            return await objects.put(self._case_id, file, clean.media_type)


async def cleaned(kind: str, upload: Upload, settings: Settings, *, of: str) -> limited.Clean:
    """The file without what it told of its maker, each of the same person after the one before. Raises BadFile."""
    limits = limited.Limits(
        max_pixels=settings.evidence_picture_pixels,
        max_edge=settings.evidence_picture_edge,
        seconds=settings.evidence_cleaning_seconds,
    )
    try:
        return await limited.clean(kind, upload.file, limits, of=of)
    except NotTaken as refused:
        REFUSED.labels(refused.code).inc()
        raise BadFile(refused.code) from None


async def _require_empty(request: Request) -> None:
    try:
        EmptyForm.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        raise _invalid(error) from None


def alone_or_with_file(alone: type[Form], beside_file: type[Form], **text: Any) -> dict[str, Any]:
    """OpenAPI of a request that is JSON or, beside a file, fields; `text` says how one of them is written there."""
    fields = beside_file.model_json_schema()
    with_file = {
        "type": "object",
        "required": [*fields["required"], "file"],
        "properties": {**fields["properties"], **text, "file": {"type": "string", "format": "binary"}},
    }
    content = {
        "application/json": {"schema": alone.model_json_schema()},
        "multipart/form-data": {"schema": with_file},
    }
    return {"requestBody": {"required": True, "content": content}}


async def typed(form: type[F], request: Request) -> F:
    """What is said where no file comes with it."""
    try:
        return form.model_validate_json(await request.body())
    except ValidationError as error:
        raise _invalid(error) from None


def said(form: type[F], upload: Upload) -> F:
    try:
        return form.model_validate(upload.fields)
    except ValidationError as error:
        raise _invalid(error) from None


def _invalid(error: ValidationError) -> RequestValidationError:
    return RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()])


def _settings(kit: Kit) -> Settings:
    assert isinstance(kit.settings, Settings)  # noqa: S101
    return kit.settings
