"""What is said often: kept by those who run the alliance, used by whoever writes to the parties or records work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, StringConstraints

from services.complaints import policy, storage, use_cases
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.storage.phrases import Phrase, UsedIn
from shared.access.door import CurrentActor, TheKit
from shared.errors import Refused
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/phrases")

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class TooManyPhrases(Refused):
    """An alliance keeps as many as its rule says."""

    def __init__(self, most: int) -> None:
        super().__init__("too_many_phrases", most=most)


class PhraseForm(Form):
    """In Chinese, and in English where somebody wrote it; short enough for a work record too."""

    used_in: UsedIn
    title_zh: Title
    text_zh: Note
    title_en: Title | None = None
    text_en: Note | None = None


class PhraseView(PhraseForm):
    id: UUID


class Phrases(BaseModel):
    items: list[PhraseView]


@router.get("")
async def show_phrases(actor: CurrentActor, kit: TheKit) -> Phrases:
    """The alliance's own."""
    alliance_id = policy.require_phrases(actor)
    async with kit.database.reading() as connection:
        return await _phrases(connection, alliance_id)


@router.put("/{id}", response_model=Phrases)
async def keep_phrase(id: UUID, form: PhraseForm, ask: Ask) -> Response:
    """A new one under an id of the caller's, or a known one anew."""
    alliance_id = policy.require_keeping_phrases(ask.actor)

    async def work(tx: Connection) -> Phrases:
        now = ask.now()
        most = await use_cases.figure(tx, alliance_id, "kept_phrases", now)
        phrase = Phrase(
            id, form.used_in, form.title_zh, form.title_en or "", form.text_zh, form.text_en or ""
        )
        if not await storage.keep_phrase(tx, alliance_id, phrase, now=now, most=most):
            raise TooManyPhrases(most)
        return await _phrases(tx, alliance_id)

    return await ask.once(work)


@router.post("/{id}/forget", response_model=Phrases)
async def forget_phrase(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    """Lets go of it; what was written with it stays."""
    alliance_id = policy.require_keeping_phrases(ask.actor)

    async def work(tx: Connection) -> Phrases:
        await storage.forget_phrase(tx, alliance_id, id)
        return await _phrases(tx, alliance_id)

    return await ask.once(work)


async def _phrases(connection: Connection, alliance_id: UUID) -> Phrases:
    return Phrases(items=[_view(one) for one in await storage.phrases_of(connection, alliance_id)])


def _view(one: Phrase) -> PhraseView:
    return PhraseView(
        id=one.id,
        used_in=one.used_in,
        title_zh=one.title_zh,
        text_zh=one.text_zh,
        title_en=one.title_en or None,
        text_en=one.text_en or None,
    )
