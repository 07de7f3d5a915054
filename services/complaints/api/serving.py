"""Reaching a respondent without an account: paper notice, visits, the answer on the slip, the code on the paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StringConstraints

from services.complaints import policy, storage, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form, Note, Reference, Text
from services.complaints.api.reads import seen
from services.complaints.commands import EnterAnswer, RecordAttempt, RefuseMediation
from services.complaints.decisions.state import stage_of
from services.complaints.settings import Settings
from services.complaints.terms import AnswerKind, Attempt, Slip
from services.complaints.views.paper import PaperNotice
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, TheKit
from shared.access.links import is_spoken_secret, spoken_secret
from shared.clock import local_day
from shared.errors import NotAllowed, NotFound, NotNow
from shared.persistence.database import Connection

router = APIRouter()

PURPOSE = "claim"


class AttemptForm(Form):
    """`on` is the day of the visit, today if not said."""

    outcome: Attempt
    on: date | None = None
    note: Note | None = None


class EnterForm(Form):
    """What stood on the slip, or was said; `refuse` is ☒ 不同意调解.

    `words_checked`: the words that could tell who stays hidden in a linked matter were looked at, and stay.
    `evidence_ids`: the picture of the paper, laid before the case.
    """

    kind: AnswerKind | Literal["refuse"]
    text: Text
    slip: Slip
    received_on: date
    words_checked: bool = False
    evidence_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()


class ClaimForm(Form):
    reference: Reference
    code: Annotated[str, StringConstraints(max_length=40)]


class Claimed(BaseModel):
    """The case that waits for its holder's answer."""

    id: UUID
    reference: str


@router.post("/v1/cases/{id}/attempts", response_model=Receipt)
async def record_attempt(id: UUID, form: AttemptForm, ask: Ask, kit: TheKit) -> Response:
    on = form.on or local_day(kit.clock.now())
    return await ask.command(RecordAttempt(id, form.outcome, on, form.note))


@router.post("/v1/cases/{id}/enter-answer", response_model=Receipt)
async def enter_answer(id: UUID, form: EnterForm, ask: Ask) -> Response:
    kind = None if form.kind == "refuse" else form.kind
    command = EnterAnswer(id, kind, form.text, form.slip, form.received_on, form.evidence_ids)
    return await ask.case(
        lambda tx, now: use_cases.enter_answer(tx, command, ask.actor, now, words_checked=form.words_checked)
    )


@router.post("/v1/cases/{id}/refuse-mediation", response_model=Receipt)
async def refuse_mediation(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    return await ask.command(RefuseMediation(id))


@router.get("/v1/cases/{id}/paper-notice")
async def paper_notice(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> PaperNotice:
    """The notice to print and hand over, with the code by which its reader can answer on the platform."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        case = found.stored.case
        if found.by.role not in policy.HANDS_OVER_PAPER:
            raise NotAllowed
        if case.file.accepted_on is None:
            raise NotNow(stage_of(case), [])
        steps = await storage.steps_of(connection, id)
    code = None if case.file.respondents else _code(kit, id)
    return views.paper_notice(case, views.words_in(steps), code, kit.settings.committee_landline, language)


@router.post("/v1/claims", status_code=200, response_model=Claimed)
async def claim(form: ClaimForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """The holder of the paper becomes the respondent. Wrong, closed and absent are answered alike."""
    now = kit.clock.now()
    async with kit.database.transaction() as tx:
        case_id = await _case_of_code(tx, form, kit)
    if case_id is None:
        raise NotFound

    async def claimed(tx: Connection) -> Claimed:
        done = await use_cases.claim_case(tx, case_id, actor, now)
        return Claimed(id=case_id, reference=done.case.file.reference)

    return await once(claimed)


async def _case_of_code(tx: Connection, form: ClaimForm, kit: Kit) -> UUID | None:
    """The case, if the code is its own and nobody has guessed at it too often; a wrong guess is counted."""
    now = kit.clock.now()
    case_id = await storage.case_to_open(tx, form.reference, now)
    if case_id is None:
        return None
    secret = kit.settings.link_secret.get_secret_value()
    if not is_spoken_secret(form.code, secret, PURPOSE, case_id):
        await storage.count_wrong_secret(tx, case_id, now)
        return None
    return case_id


def _code(kit: Kit, case_id: UUID) -> str:
    return spoken_secret(kit.settings.link_secret.get_secret_value(), PURPOSE, case_id)
