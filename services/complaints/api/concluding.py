"""A longer month, and the end of a path without mediation."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note
from services.complaints.commands import (
    ConcludeCase,
    ConsentToExtension,
    DeclineExtension,
    ProposeExtension,
)
from services.complaints.terms import SaidConclusion

router = APIRouter(prefix="/v1/cases/{id}")


class ExtensionForm(Form):
    until: date
    reason: Note


class ConcludeForm(Form):
    result: SaidConclusion
    note: Note | None = None


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
    return await ask.command(ConcludeCase(id, uuid4(), form.result, form.note))
