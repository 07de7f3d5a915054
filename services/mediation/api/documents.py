"""Papers to print, and what the court and its station are handed."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import StringConstraints

from services.mediation import commands as asked
from services.mediation import documents, policy, use_cases
from services.mediation.api.desk import Listing, TheDesk
from services.mediation.decisions.court import agreement_in, is_asked_by_all
from services.mediation.documents.papers import limits
from services.mediation.forms import FormModel
from services.mediation.guidance import TEXTS
from services.mediation.state import Opened, Performed, Performing, Signing
from services.mediation.storage import handovers
from services.mediation.storage import mediations as stored
from services.mediation.views.models import HandoverPreview, HandoverView, Receipt
from shared.access.door import CurrentActor, CurrentLanguage, Kit, TheKit
from shared.clock import local_day
from shared.errors import NotFound, Refused
from shared.ids import new_id
from shared.papers import printed

router = APIRouter()

Kind = Literal["pdf", "json"]
_TYPES: dict[Kind, str] = {"pdf": "application/pdf", "json": "application/json"}


class HandoverForm(FormModel):
    """The checksum of the pack that was looked at."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CourtResultForm(FormModel):
    confirmed: bool
    decided_on: date
    document_no: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


@router.get("/v1/agreements/{id}/document.pdf", response_class=Response)
async def agreement_document(
    id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit
) -> Response:
    """The agreement to print; a draft says that it is one. Those for whom others speak may print it too."""
    state = await _of_agreement(kit, actor, id, as_guest=True)
    if not policy.sees("words_agreed", policy.roles_in(actor, state)):
        raise NotFound
    if not isinstance(state, Signing | Performing | Performed):
        raise NotFound
    paper = documents.agreement_paper(state, language)
    dated = local_day(kit.clock.now()) if isinstance(state, Signing) else state.agreement.effective_on
    reference = state.matter.reference
    pdf, _ = await asyncio.to_thread(printed, [paper], foot=reference, dated=dated)
    return _file(pdf, "pdf", f"agreement-{reference}")


@router.get("/v1/agreements/{id}/court-package.{kind}", response_class=Response)
async def court_package(id: UUID, kind: Kind, actor: CurrentActor, kit: TheKit) -> Response:
    """The joint request with its agreement. Raises Refused while one party has not asked."""
    state = await _of_agreement(kit, actor, id)
    if not isinstance(state, Performing | Performed):
        raise NotFound
    agreement = agreement_in(state, id)
    if not is_asked_by_all(state.matter, agreement):
        raise Refused("request_incomplete")
    pack = await asyncio.to_thread(documents.court_request, state, agreement)
    return _file(pack.pdf if kind == "pdf" else pack.json, kind, f"court-request-{state.matter.reference}")


@router.post("/v1/agreements/{id}/court-result", response_model=Receipt)
async def record_court_result(id: UUID, form: CourtResultForm, desk: TheDesk) -> Response:
    return await desk.handle_there(
        partial(stored.mediation_of_agreement, agreement_id=id),
        lambda found: asked.RecordCourtResult(found, id, form.confirmed, form.decided_on, form.document_no),
    )


@router.get("/v1/mediations/{id}/handover")
async def preview(id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> HandoverPreview:
    """What would be sent to the court station, and what the station cannot do."""
    now = kit.clock.now()
    async with kit.database.reading() as connection:
        state = await stored.mediation_seen_by(connection, actor, id)
    policy.require(actor, asked.HandOver, state)
    pack = await use_cases.prepared(state, policy.side_of(actor, state), now)
    assert isinstance(state, Performing)  # noqa: S101
    return HandoverPreview(
        contents=list(pack.contents),
        pages=pack.pages,
        sha256=pack.sha256,
        limits=limits(state, language),
        left_out=TEXTS("doc_left_out", language),
    )


@router.post("/v1/mediations/{id}/handover", response_model=Receipt)
async def hand_over(id: UUID, form: HandoverForm, desk: TheDesk) -> Response:
    pack_id = new_id()
    return await desk.answer(
        lambda tx, now: use_cases.hand_over(tx, id, pack_id, form.sha256, actor=desk.actor, now=now)
    )


@router.get("/v1/handovers")
async def list_handovers(actor: CurrentActor, kit: TheKit) -> Listing[HandoverView]:
    """For the court station and the committee."""
    alliance_id = policy.alliance_of_handovers(actor)
    async with kit.database.reading() as connection:
        found = await handovers.handovers_of(connection, alliance_id)
    return Listing(items=[HandoverView(**vars(one)) for one in found])


@router.get("/v1/handovers/{id}/pack.{kind}", response_class=Response)
async def read_handover(id: UUID, kind: Kind, actor: CurrentActor, kit: TheKit) -> Response:
    """As it was sent: for the parties, the committee and the court station."""
    async with kit.database.reading() as connection:
        reference, pdf, written = await handovers.handed_over(connection, id, actor)
    return _file(pdf if kind == "pdf" else written, kind, f"handover-{reference}")


async def _of_agreement(kit: Kit, actor: Any, agreement_id: UUID, *, as_guest: bool = False) -> Opened:
    async with kit.database.reading() as connection:
        mediation_id = await stored.mediation_of_agreement(connection, actor, agreement_id=agreement_id)
        return await stored.mediation_seen_by(connection, actor, mediation_id, as_guest=as_guest)


def _file(content: bytes, kind: Kind, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=_TYPES[kind], headers=headers)
