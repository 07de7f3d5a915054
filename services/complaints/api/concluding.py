"""A longer month, and the end of a path without mediation."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints

from services.complaints import policy, storage, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.api.reads import seen
from services.complaints.commands import (
    ConcludeCase,
    ConsentToExtension,
    DeclineExtension,
    ProposeExtension,
    SettledPromise,
)
from services.complaints.terms import SaidConclusion, Side
from services.complaints.views.paper import PaperNotice
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotFound

router = APIRouter(prefix="/v1/cases/{id}")


class ExtensionForm(Form):
    until: date
    reason: Note


class SettledPromiseForm(Form):
    """Who does what, how one sees that it is done, and by when."""

    owner_side: Side
    what: Note
    measure: Note
    due_on: date


class ConcludeForm(Form):
    """A party settles it in words and promises of its own, or agrees to the other side's by their hash."""

    result: SaidConclusion
    note: Note | None = None
    promises: Annotated[tuple[SettledPromiseForm, ...], Field(max_length=20)] = ()
    agrees_to: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


@router.post("/extension", response_model=Receipt)
async def propose_extension(id: UUID, form: ExtensionForm, ask: Ask) -> Response:
    return await ask.command(ProposeExtension(id, form.until, form.reason))


@router.post("/extension/consent", response_model=Receipt)
async def consent_to_extension(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(ConsentToExtension(id))


@router.post("/extension/decline", response_model=Receipt)
async def decline_extension(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(DeclineExtension(id))


@router.post("/conclude", response_model=Receipt)
async def conclude(id: UUID, form: ConcludeForm, ask: Ask) -> Response:
    promises = tuple(SettledPromise(**dict(one)) for one in form.promises)
    return await ask.command(ConcludeCase(id, uuid4(), form.result, form.note, promises, form.agrees_to))


@router.get("/settlement")
async def settlement(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> PaperNotice:
    """The sheet of what the sides settled themselves, to print: for them and who looks after the case."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        steps = await storage.steps_of(connection, id)
    if not policy.sees(found.by, "settlement", found.stored.case.file):
        raise NotFound
    return views.settlement_sheet(found.stored.case, views.words_in(steps), language)
