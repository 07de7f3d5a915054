"""A child is concerned: heard and sealed, posts taken down, and what the guardian lets the child read."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field, StrictBool

from services.complaints import storage, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Text
from services.complaints.api.reads import seen
from services.complaints.commands import AskTakedown, ConfirmTakedown, HearChild, LetChildFollow, LetOnBoard
from services.complaints.objects import Objects
from services.complaints.settings import Settings
from services.complaints.terms import Listener, Side
from services.complaints.views.children import ChildView
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotFound

router = APIRouter(prefix="/v1/cases/{id}")

WORDS = "text/plain; charset=utf-8"


class HeardForm(Form):
    """What the child said, in their words, and who was there."""

    words: Text
    present: Annotated[tuple[Listener, ...], Field(min_length=1, max_length=4)]


class TakedownForm(Form):
    side: Side


class AllowForm(Form):
    allowed: StrictBool


@router.post("/child-heard", status_code=201, response_model=Receipt)
async def hear(id: UUID, form: HeardForm, ask: Ask, kit: TheKit) -> Response:
    """The words never enter the history: they lie where sealed pictures lie, and go with them."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    async with kit.database.reading() as connection:
        await use_cases.may_bring(connection, id, HearChild, ask.actor)
    stored = await Objects(kit.settings).put(id, BytesIO(form.words.encode()), WORDS)
    present = tuple(dict.fromkeys(form.present))
    return await ask.command(HearChild(id, uuid4(), stored, present), status=201)


@router.post("/takedown", response_model=Receipt)
async def ask_takedown(id: UUID, form: TakedownForm, ask: Ask) -> Response:
    return await ask.command(AskTakedown(id, form.side))


@router.post("/taken-down", response_model=Receipt)
async def confirm_takedown(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(ConfirmTakedown(id))


@router.post("/let-child-follow", response_model=Receipt)
async def let_follow(id: UUID, form: AllowForm, ask: Ask) -> Response:
    return await ask.command(LetChildFollow(id, form.allowed))


@router.post("/let-on-board", response_model=Receipt)
async def let_on_board(id: UUID, form: AllowForm, ask: Ask) -> Response:
    return await ask.command(LetOnBoard(id, form.allowed))


@router.get("/child-view")
async def show(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> ChildView:
    """On the guardian's telephone, if the guardian lets the child; for everybody else there is none."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        steps = await storage.steps_of(connection, id)
    if found.by.role != "complainant" or not found.stored.case.file.child_follows:
        raise NotFound
    return views.child_view(found.stored.case, views.ended_in(steps), language)
