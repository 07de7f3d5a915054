"""Following an anonymous matter by its reference and the secret told once, without sign-in; of nobody is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from services.complaints import answers, policy, sentences, storage, views
from services.complaints.api.forms import Form, Reference
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import Closed, running_clock, stage_of, status_of
from services.complaints.terms import Stage, Status
from shared.access.actor import SYSTEM
from shared.access.door import CurrentLanguage, Kit, TheKit
from shared.access.links import is_spoken_secret, spoken_secret
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()

PURPOSE = "lookup"
WHO_ASKS = Standing("complainant")


class LookupForm(Form):
    reference: Reference
    secret: Annotated[str, StringConstraints(max_length=40)]


class LookupView(BaseModel):
    """Where the matter stands, in words that name nobody."""

    reference: str
    stage: Stage
    ended_in: Stage | None
    status: Status
    next: str
    due: date | None
    filed_on: date
    history: list[answers.StepView]
    messages: list[answers.MessageView]
    results: list[answers.ResultView]


def lookup_secret(kit: Kit, case_id: UUID) -> str:
    """The secret of a case, made anew each time it is needed."""
    return spoken_secret(kit.settings.link_secret.get_secret_value(), PURPOSE, case_id)


@router.post("/v1/lookups")
async def look_up(form: LookupForm, kit: TheKit, language: CurrentLanguage) -> LookupView:
    """The matter; a wrong secret, too many of them and no such matter are answered alike."""
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        found = await _opened(tx, form, kit, now)
    if found is None:
        raise NotFound
    at = Circumstances(WHO_ASKS, now, found.timetable)
    if not _is_open(found, at):
        raise NotFound
    async with kit.database.reading() as connection:
        steps = await storage.steps_of(connection, found.case.file.case_id)
    return _view(found, at, steps, language)


async def _opened(tx: Connection, form: LookupForm, kit: Kit, now: datetime) -> storage.Stored | None:
    """The case, if the secret is its own and nobody has guessed at it too often; a wrong guess is counted."""
    case_id = await storage.anonymous_case(tx, form.reference, now)
    if case_id is None:
        return None
    secret = kit.settings.link_secret.get_secret_value()
    if not is_spoken_secret(form.secret, secret, PURPOSE, case_id):
        await storage.count_wrong_secret(tx, case_id, now)
        return None
    await storage.forget_wrong_secrets(tx, case_id)
    return await storage.read_case(tx, case_id, by=SYSTEM)


def _is_open(found: storage.Stored, at: Circumstances) -> bool:
    """A closed matter can be looked at for a while (rule `lookup_after_closing`)."""
    clock = found.case.file.clock("reopen")
    if not isinstance(found.case, Closed) or clock is None:
        return True
    return (at.today - clock.since).days <= at.timetable.rules.in_force(
        "lookup_after_closing", clock.since
    ).value


def _view(
    found: storage.Stored, at: Circumstances, steps: list[storage.Step], language: Language
) -> LookupView:
    case, file = found.case, found.case.file
    clock = running_clock(case)
    return LookupView(
        reference=file.reference,
        stage=stage_of(case),
        ended_in=views.ended_in(steps),
        status=status_of(case),
        next=sentences.next_step(case, at, language),
        due=clock.until if clock else None,
        filed_on=policy.filed_on(at.by, file)[0],
        history=views.history(steps, at.by, file, language),
        messages=views.messages(steps, at.by, file, language),
        results=views.results(steps, at.by, file),
    )
