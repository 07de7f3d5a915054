"""What was agreed on the spot, entered by the captain in one form; its receipt on paper; the survey asked aloud."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field, StrictBool

from services.complaints import storage, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.filing import new_case_id, with_a_free_reference
from services.complaints.api.forms import Code, Form, Note, Summary
from services.complaints.api.reads import seen
from services.complaints.commands import AnswerSurveyAloud, Filing, HandReceipt, OralAgreement, OralPromise
from services.complaints.commands.hearing import Consent
from services.complaints.policy import HANDS_OVER_PAPER
from services.complaints.settings import Settings
from services.complaints.terms import Side
from services.complaints.views.oral import OralReceipt
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed, NotFound
from shared.ids import new_id, new_reference
from shared.persistence.database import Connection

router = APIRouter()


class OralPromiseForm(Form):
    """Who said they would do what, and by when."""

    owner_side: Side
    what: Note
    due_on: date


class AgreedForm(Form):
    """When it was told, talked over and agreed, and what."""

    told_at: AwareDatetime
    talked_at: AwareDatetime
    agreed_at: AwareDatetime
    commitments: Annotated[tuple[OralPromiseForm, ...], Field(min_length=1, max_length=10)]


class OralForm(Form):
    """Seven fields, and none asked twice: the place says who trades there, the subcategory its category."""

    on_behalf_of: UUID
    relation: Literal["captain"]
    told_by: Literal["mouth"]
    place_id: UUID
    subcategory: Code
    agreed: AgreedForm
    mediator_id: UUID


class HandedForm(Form):
    """The day on which the receipt was handed over."""

    on: date


class AloudForm(Form):
    """What somebody without an account answered when they were asked."""

    solved: StrictBool
    score: Annotated[int, Field(strict=True, ge=1, le=5)]
    comment: Summary | None = None
    share_comment: StrictBool = False


@router.post("/v1/oral-agreements", status_code=201, response_model=Receipt)
async def enter(form: OralForm, ask: Ask) -> Response:
    """Everything is over already: complaint, answer and agreement are entered at once."""

    async def work(tx: Connection) -> Receipt:
        if ask.actor.member_id is None:
            raise NotAllowed
        filing, told = _filing(form), _agreement(form, ask.actor.member_id)
        done = await use_cases.enter_oral_agreement(tx, filing, told, ask.actor, ask.now())
        return views.receipt(done, ask.language)

    return await with_a_free_reference(lambda: ask.once(work, status=201))


def _filing(form: OralForm) -> Filing:
    """No word of the captain's is taken for the complainant's: there is no description."""
    return Filing(
        case_id=new_case_id(),
        reference=new_reference(),
        category="",
        subcategory=form.subcategory,
        place_id=form.place_id,
        place_text=None,
        respondent_id=None,
        description="",
        occurred_at=form.agreed.told_at,
        happening_now=False,
        identity="named",
        on_behalf_of=form.on_behalf_of,
        channel="visit",
        relation=form.relation,
        consent=Consent("told_in_person", form.agreed.told_at),
    )


def _agreement(form: OralForm, captain_id: UUID) -> OralAgreement:
    agreed = form.agreed
    return OralAgreement(
        mediation_id=new_id(),
        agreement_id=uuid4(),
        mediator_id=form.mediator_id,
        captain_id=captain_id,
        told_at=agreed.told_at,
        talked_at=agreed.talked_at,
        agreed_at=agreed.agreed_at,
        promises=tuple(OralPromise(uuid4(), **dict(one)) for one in agreed.commitments),
    )


@router.get("/v1/cases/{id}/oral-receipt")
async def receipt(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> OralReceipt:
    """The receipt to print large and hand over."""
    assert isinstance(kit.settings, Settings)  # noqa: S101
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        if found.by.role not in HANDS_OVER_PAPER:
            raise NotAllowed
        stated = views.words_in(await storage.steps_of(connection, id)).stated
    if stated is None:
        raise NotFound
    return views.oral_receipt(found.stored.case, stated, kit.settings.committee_landline, language)


@router.post("/v1/cases/{id}/receipt-handed", response_model=Receipt)
async def hand(id: UUID, form: HandedForm, ask: Ask) -> Response:
    return await ask.command(HandReceipt(id, form.on))


@router.post("/v1/cases/{id}/survey-aloud", response_model=Receipt)
async def answer_aloud(id: UUID, form: AloudForm, ask: Ask) -> Response:
    """A volunteer of the building asks, and never the captain who entered it."""
    if ask.actor.member_id is None:
        raise NotAllowed
    command = AnswerSurveyAloud(
        id, ask.actor.member_id, form.solved, form.score, form.comment, form.share_comment
    )
    return await ask.command(command)
