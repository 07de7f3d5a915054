"""The HTTP door for administrators: how each kind of notice is worded, in the standard and in the alliance's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notifications import policy, wording
from services.notifications.notice import Words
from services.notifications.rules import DATES, KINDS
from services.notifications.wishes import Group, group_of
from services.notifications.wording import TEXTS
from services.notifications.wordings import decisions, storage, use_cases
from services.notifications.wordings.decisions import Worded
from services.notifications.wordings.samples import REFERENCE, sample
from services.notifications.wordings.storage import Version
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, TheKit
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()

Kind = Annotated[str, Path(pattern=r"^[a-z_]{1,64}$")]
Typed = Annotated[str, Field(max_length=4000)]
"""How long a sentence may be, `decisions.py` says, in words somebody can act on."""


class WordsForm(BaseModel):
    """The words somebody would have; what is to be filled in stands in braces, in the sentence with the days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Typed
    body: Typed
    dates: Typed = ""

    @property
    def words(self) -> Words:
        return Words(title=self.title, body=self.body, dates=self.dates)


class FollowsForm(BaseModel):
    """The version that was looked at, 0 where there was none; where another came meanwhile, nothing is changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    follows: Annotated[int, Field(ge=0)]


class NextWordsForm(WordsForm, FollowsForm):
    """The words from now on, and the version they were written on."""


@dataclass(frozen=True)
class KindLine:
    """A kind of notice, by what it says now in the caller's language, and where the alliance's own words stand."""

    kind: str
    group: Group
    title: str
    own: Sequence[Language]


@dataclass(frozen=True)
class Kinds:
    items: Sequence[KindLine]


@dataclass(frozen=True)
class Preview:
    """How it reads, with days and a room that are invented; the subject is the same whatever is told."""

    subject: str
    title: str
    body: str


@dataclass(frozen=True)
class WordingView:
    """One kind in one language: what holds, what the standard is, and every version there was, the newest first."""

    kind: str
    language: Language
    group: Group
    placeholders: Sequence[str]
    own: bool
    words: Words
    standard: Words
    version: int
    versions: Sequence[Version]
    preview: Preview


@router.get("/v1/wordings")
async def list_kinds(actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> Kinds:
    """Every kind of notice there is."""
    alliance_id, _ = policy.require_wordings(actor)
    async with kit.database.reading() as connection:
        own = await storage.own_words_of(connection, alliance_id)
    return Kinds(
        [
            KindLine(
                kind,
                group_of(kind),
                own.get(kind, {}).get(language, wording.standard(kind, language)).title,
                sorted(own.get(kind, {})),
            )
            for kind in KINDS
        ]
    )


async def _worded(kind: Kind, language: Language) -> Worded:
    """Raises NotFound for a kind there is not."""
    if kind not in DATES:
        raise NotFound
    return Worded(kind, language)


One = Annotated[Worded, Depends(_worded)]


@router.get("/v1/wordings/{kind}/{language}")
async def show_wording(one: One, actor: CurrentActor, kit: TheKit) -> WordingView:
    """What holds now, beside the standard."""
    alliance_id, _ = policy.require_wordings(actor)
    async with kit.database.reading() as connection:
        return await _view(connection, alliance_id, one, kit)


@router.put("/v1/wordings/{kind}/{language}", response_model=WordingView)
async def replace(one: One, form: NextWordsForm, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The alliance's own words for what is told from now on; what was told before keeps its words."""
    alliance_id, _ = policy.require_wordings(actor)

    async def work(tx: Connection) -> WordingView:
        await use_cases.replace(tx, one, form.words, actor, kit.clock.now(), follows=form.follows)
        return await _view(tx, alliance_id, one, kit)

    return await once(work)


@router.post("/v1/wordings/{kind}/{language}/restore", response_model=WordingView)
async def restore(one: One, form: FollowsForm, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The standard again, for what is told from now on."""
    alliance_id, _ = policy.require_wordings(actor)

    async def work(tx: Connection) -> WordingView:
        await use_cases.restore(tx, one, actor, kit.clock.now(), follows=form.follows)
        return await _view(tx, alliance_id, one, kit)

    return await once(work)


@router.post("/v1/wordings/{kind}/{language}/preview")
async def preview(one: One, form: WordsForm, actor: CurrentActor, kit: TheKit) -> Preview:
    """How these words would read; nothing is kept, so it needs no key."""
    policy.require_wordings(actor)
    return _preview(one, decisions.require_sound(form.words, one), kit)


async def _view(connection: Connection, alliance_id: UUID, one: Worded, kit: Kit) -> WordingView:
    versions = await storage.versions_of(connection, alliance_id, one)
    standard = wording.standard(one.kind, one.language)
    own = versions[0].words if versions else None
    return WordingView(
        kind=one.kind,
        language=one.language,
        group=group_of(one.kind),
        placeholders=DATES[one.kind],
        own=own is not None,
        words=own or standard,
        standard=standard,
        version=versions[0].version if versions else 0,
        versions=versions,
        preview=_preview(one, own or standard, kit),
    )


def _preview(one: Worded, words: Words, kit: Kit) -> Preview:
    notice = sample(one.kind, one.language, words, kit.clock.now())
    return Preview(
        TEXTS("mail_subject", one.language, reference=REFERENCE),
        wording.title(notice, one.language),
        wording.body(notice, one.language),
    )
