"""A longer month, and the end of a path without mediation."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints

from services.complaints import policy, storage, views
from services.complaints.answers import Receipt, SettlementNamed
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
from services.complaints.decisions import Case
from services.complaints.decisions.settlement import named_by
from services.complaints.terms import SaidConclusion, Side
from services.complaints.views.paper import PaperNotice
from services.complaints.views.words import Words
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, Kit, TheKit
from shared.clock import local_day
from shared.errors import NotFound
from shared.papers import printed

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


class SettlementForm(Form):
    """The words and promises in which a party would settle it."""

    note: Note | None = None
    promises: Annotated[tuple[SettledPromiseForm, ...], Field(max_length=20)] = ()

    @property
    def promised(self) -> tuple[SettledPromise, ...]:
        return tuple(SettledPromise(**dict(one)) for one in self.promises)


class ConcludeForm(SettlementForm):
    """A party settles it in words and promises of its own, or agrees to the other side's by their hash.

    Either takes the proof that the one-time code for just these words was given.
    """

    result: SaidConclusion
    proof: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = None
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
    conclusion_id = uuid4()
    return await ask.meant(
        form.proof,
        lambda intent: ConcludeCase(
            id, conclusion_id, form.result, form.note, form.promised, form.agrees_to, intent
        ),
    )


@router.post("/settlement/words", response_model=SettlementNamed)
async def name_settlement(
    id: UUID, form: SettlementForm, actor: CurrentActor, kit: TheKit
) -> SettlementNamed:
    """The hash to ask a one-time code for, before a side settles it in these words; nothing is kept of them."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
    policy.require_may(found.by, ConcludeCase)
    file, today = found.stored.case.file, local_day(kit.clock.now())
    return SettlementNamed(words_hash=named_by(file.reference, form.note, form.promised, today))


@router.get("/settlement")
async def settlement(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> PaperNotice:
    """The sheet of what the sides settled themselves, to print: for them and who looks after the case."""
    case, words = await _settled(kit, id, actor)
    return views.settlement_sheet(case, words, _page_of(kit, id), language, local_day(kit.clock.now()))


@router.get("/settlement.pdf", response_class=Response)
async def settlement_document(
    id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage
) -> Response:
    """The same as a file, with the hash each side signed and a code that leads back to the case."""
    case, words = await _settled(kit, id, actor)
    today = local_day(kit.clock.now())
    paper = views.settlement_paper(case, words, _page_of(kit, id), language, today)
    held = words.reached or words.concluded
    dated = held.on if held else today
    reference = case.file.reference
    pdf, _ = await asyncio.to_thread(printed, [paper], foot=reference, dated=dated)
    headers = {
        "Content-Disposition": f'attachment; filename="settlement-{reference}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


async def _settled(kit: Kit, id: UUID, actor: Actor) -> tuple[Case, Words]:
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        steps = await storage.steps_of(connection, id)
    if not policy.sees(found.by, "settlement", found.stored.case.file):
        raise NotFound
    return found.stored.case, views.words_in(steps)


def _page_of(kit: Kit, id: UUID) -> str:
    return f"{kit.settings.public_url}/cases/{id}"
