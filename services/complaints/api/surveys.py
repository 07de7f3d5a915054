"""The personal link to a survey: no sign-in, nobody's name, one answer."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from services.complaints import answers, storage, use_cases, views
from services.complaints.api.forms import SurveyForm
from services.complaints.decisions.state import Case, Surveyed
from shared.access.actor import SYSTEM
from shared.access.door import CurrentLanguage, Kit, TheKit
from shared.access.links import subject_of
from shared.errors import NotFound

router = APIRouter(prefix="/v1/surveys/{link_token}")

LinkToken = Annotated[str, Path(max_length=100)]


@router.get("")
async def show_survey(link_token: LinkToken, kit: TheKit) -> answers.SurveyQuestion:
    """What is asked, and whether it can still be answered."""
    survey_id = _survey_of(link_token, kit)
    async with kit.database.reading() as connection:
        case_id, party_id = await storage.survey_party(connection, survey_id)
        stored = await storage.read_case(connection, case_id, by=SYSTEM)
    case = stored.case
    side, clock = stored.people.side_of(party_id, case.file), case.file.clock("survey")
    if side is None or clock is None:
        raise NotFound
    is_open = _is_open(case, survey_id) and not clock.is_over(kit.clock.now())
    return answers.SurveyQuestion(
        reference=case.file.reference,
        category=case.file.category,
        subcategory=case.file.subcategory,
        side=side,
        closes_on=clock.until,
        open=is_open,
    )


@router.post("")
async def answer_survey(
    link_token: LinkToken, form: SurveyForm, kit: TheKit, language: CurrentLanguage
) -> answers.Receipt:
    """Say how it went."""
    survey_id = _survey_of(link_token, kit)
    async with kit.database.transaction() as tx:
        done = await use_cases.answer_survey_by_link(
            tx,
            survey_id,
            kit.clock.now(),
            solved=form.solved,
            score=form.score,
            comment=form.comment,
            share_comment=form.share_comment,
        )
    return views.receipt(done, language)


def _survey_of(link_token: str, kit: Kit) -> UUID:
    survey_id = subject_of(kit.settings.link_secret.get_secret_value(), "survey", link_token)
    if survey_id is None:
        raise NotFound
    return survey_id


def _is_open(case: Case, survey_id: UUID) -> bool:
    return isinstance(case, Surveyed) and any(
        one.survey_id == survey_id and not one.is_answered for one in case.surveys
    )
