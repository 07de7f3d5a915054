"""The emergency's commands, each at the address named like it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field

from services.complaints import policy, storage, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.api.reads import seen
from services.complaints.commands import ConfirmEmergency, LiftEmergency, RecordHotlineCall, RecordSiteVisit
from services.complaints.terms import Hotline
from services.complaints.views.emergency import EmergencyView
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotFound

router = APIRouter(prefix="/v1/cases/{id}")


class ConfirmForm(Form):
    """Whom one has called, if anybody, and when."""

    called: Annotated[tuple[Hotline, ...], Field(max_length=3)] = ()
    called_at: AwareDatetime | None = None


class HotlineCallForm(Form):
    """Which number was called, and when: now, where it is not said."""

    number: Hotline
    at: AwareDatetime | None = None


class SiteVisitForm(Form):
    """Who was there beside the one who writes it, what was found, what was done; what everybody concerned may read."""

    present: Note
    found: Note
    done: Note
    public_note: Note | None = None


class LiftForm(Form):
    reason: Note


@router.post("/confirm-emergency", response_model=Receipt)
async def confirm(id: UUID, form: ConfirmForm, ask: Ask) -> Response:
    return await ask.command(ConfirmEmergency(id, tuple(dict.fromkeys(form.called)), form.called_at))


@router.post("/hotline-calls", response_model=Receipt)
async def record_call(id: UUID, form: HotlineCallForm, ask: Ask) -> Response:
    return await ask.command(RecordHotlineCall(id, form.number, form.at or ask.now()))


@router.post("/site-visits", response_model=Receipt)
async def record_visit(id: UUID, form: SiteVisitForm, ask: Ask) -> Response:
    return await ask.command(RecordSiteVisit(id, **dict(form)))


@router.post("/lift-emergency", response_model=Receipt)
async def lift(id: UUID, form: LiftForm, ask: Ask) -> Response:
    return await ask.command(LiftEmergency(id, form.reason))


@router.get("/emergency")
async def show(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> EmergencyView:
    """The emergency of a case, and what to do; of the visits on the spot those on duty read what was found."""
    async with kit.database.reading() as connection:
        case = await seen(connection, id, actor)
        file = case.stored.case.file
        if file.alarm is None or not policy.sees_emergency(case.by, file):
            raise NotFound
        steps = await storage.steps_of(connection, id)
    shown = policy.sees(case.by, "site_visits", file)
    return views.emergency_view(
        file.alarm, file.subcategory, steps, kit.clock.now(), language, shows_visits=shown
    )
