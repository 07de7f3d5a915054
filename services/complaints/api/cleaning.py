"""A file made fit for evidence before there is a case: whoever files learns at once whether it will be taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from services.complaints.api.evidence import cleaned, said
from services.complaints.api.forms import Form
from services.complaints.api.hourly import Hourly
from services.complaints.api.uploads import received
from services.complaints.settings import Settings
from shared.access.door import CurrentActor, TheKit

router = APIRouter()

PER_HOUR = 60
"""Files one person may have looked at within an hour: a dozen filings with all that goes with each."""
CLEANED = Hourly(PER_HOUR)

_PIECE = 64 * 1024

_ASKED = {
    "type": "object",
    "required": ["kind", "file"],
    "properties": {
        "kind": {"enum": ["photo", "audio"]},
        "file": {"type": "string", "format": "binary"},
    },
}
_CLEANED = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _ASKED}}},
}


class CleaningForm(Form):
    """What comes with a filing; a film or a document is brought when there is a case."""

    kind: Literal["photo", "audio"]


@router.post("/v1/evidence/cleaned", response_class=Response, openapi_extra=_CLEANED)
async def clean(request: Request, actor: CurrentActor, kit: TheKit) -> Response:
    """The file as it would lie before a case, to be sent with one: nothing is kept here.

    Sixty an hour for each person, then 429. Raises TooManyRequests before a byte is read.
    """
    assert isinstance(kit.settings, Settings)  # noqa: S101
    who = str(actor.member_id)
    CLEANED.spend(who, kit.clock.now())
    limits: dict[Any, int] = {**kit.settings.evidence_limits}
    async with received(request, limits) as upload:
        done = await cleaned(said(CleaningForm, upload).kind, upload, kit.settings, of=who)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(_pieces(done.file), media_type=done.media_type, headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(_PIECE), b"")
