"""What people may complain of: shown to everybody as their alliance has it, changed by its administrators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field, StrictBool

from services.complaints import answers, policy, storage, use_cases
from services.complaints.api.forms import Code, Form
from services.complaints.categories import Catalogue, Law, Subcategory, Urgency, UsualPath, catalogue
from services.complaints.questions import Named, Question
from services.complaints.sentences import word
from services.complaints.service_list import service_list
from services.complaints.terms import DeclineReason, Doer, ReferralResult
from shared.access.actor import Actor
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, TheKit, actor_or_public
from shared.charter.policy import may_set
from shared.charter.rules import Certainty
from shared.clock import local_day
from shared.errors import NotAllowed, NotFound
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()

SubcategoryCode = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,63}$")]


class SubcategoryForm(Form):
    """The next version of a subcategory: what is not named stays as it is."""

    category: Code | None = None
    names: Named | None = None
    path: UsualPath | None = None
    then: Literal["mediation", "topic", "authority"] | None = None
    authorities: Annotated[tuple[Code, ...], Field(max_length=10)] | None = None
    emergency: Urgency | None = None
    call: Literal["119", "110", "120"] | None = None
    certainty: Certainty | None = None
    doer: Doer | None = None
    law: Annotated[tuple[Law, ...], Field(max_length=20)] | None = None
    questions: Annotated[tuple[Question, ...], Field(max_length=40)] | None = None
    evidence: Annotated[tuple[Code, ...], Field(max_length=10)] | None = None
    off: StrictBool | None = None
    follows: Annotated[int, Field(ge=0)] | None = None
    """The version that was looked at; where another came meanwhile, nothing is changed."""

    @property
    def changes(self) -> dict[str, Any]:
        """What is named; `then` and `call` may be taken away by null, the rest cannot be nothing."""
        return {
            name: value
            for name, value in self
            if name in self.model_fields_set - {"follows"} and (value is not None or name in ("then", "call"))
        }


class VersionView(BaseModel):
    """One version, as an administrator reads it: the shipped one has nobody behind it."""

    entry: Subcategory
    set_by: UUID | None
    set_at: datetime | None


class Versions(BaseModel):
    items: list[VersionView]


@router.get("/v1/categories", response_model=answers.Choices)
async def show_choices(
    actor: Annotated[Actor, Depends(actor_or_public)],
    language: CurrentLanguage,
    kit: TheKit,
    on: date | None = None,
    off: bool = False,
) -> Response:
    """All codes a form may send, in the caller's language and alliance; the law for acts of the day `on`.

    `off` names to its administrators what is not offered too.
    """
    choices = catalogue()
    if actor.alliance_id is not None:
        async with kit.database.reading() as connection:
            choices = await storage.CATALOGUES.current(connection, actor.alliance_id)
    day = on or local_day(kit.clock.now())
    body = _body(
        choices, language, day, staff=policy.sees_law(actor), every=off and may_set(actor, "categories")
    )
    return Response(body, media_type="application/json")


@lru_cache(maxsize=64)
def _body(choices: Catalogue, language: Language, day: date, *, staff: bool, every: bool) -> bytes:
    """Written once for all who see the same: it is long, and the first thing every form asks for."""
    shown = answers.Choices(
        categories=[
            answers.CategoryView(
                code=code,
                label=words[language],
                subcategories=[
                    _view(one, choices, language, day, staff=staff)
                    for one in (choices.every(code) if every else choices.of(code))
                ],
            )
            for code, words in choices.categories.items()
        ],
        authorities=_choices(choices.authorities, language),
        decline_reasons=_choices(get_args(DeclineReason), language),
        referral_results=_choices(get_args(ReferralResult), language),
        evidence=[
            answers.Choice(code=code, label=words[language]) for code, words in choices.evidence.items()
        ],
        services=_choices((one.code for one in service_list().offered), language),
    )
    return shown.model_dump_json().encode()


@router.get("/v1/categories/{subcategory}")
async def show_versions(subcategory: SubcategoryCode, actor: CurrentActor, kit: TheKit) -> Versions:
    """Every version of a subcategory, the newest first, with who set it."""
    if not may_set(actor, "categories"):
        raise NotAllowed
    async with kit.database.reading() as connection:
        own = await storage.versions_of(connection, use_cases.alliance_of(actor), subcategory)
    items = [VersionView(entry=one.entry, set_by=one.set_by, set_at=one.set_at) for one in own]
    shipped = catalogue().find(subcategory)
    if shipped is not None:
        items.append(VersionView(entry=shipped, set_by=None, set_at=None))
    if not items:
        raise NotFound
    return Versions(items=items)


@router.put("/v1/categories/{subcategory}", response_model=answers.SubcategoryView)
async def set_subcategory(
    subcategory: SubcategoryCode,
    form: SubcategoryForm,
    *,
    actor: CurrentActor,
    once: DoOnce,
    kit: TheKit,
    language: CurrentLanguage,
) -> Response:
    """The next version, for filings from now on; a case keeps the version it was filed under."""

    async def work(tx: Connection) -> answers.SubcategoryView:
        now = kit.clock.now()
        entry = await use_cases.set_subcategory(
            tx, subcategory, form.changes, actor, now, follows=form.follows
        )
        return _view(entry, catalogue(), language, local_day(now), staff=True)

    return await once(work)


def _view(
    row: Subcategory, choices: Catalogue, language: Language, day: date, *, staff: bool
) -> answers.SubcategoryView:
    """Below high certainty staff are told that a remit is to be checked; others see the authority's name."""
    return answers.SubcategoryView(
        code=row.code,
        label=row.label(language),
        usual_path=row.path,
        then=row.then,
        authorities=_choices(row.authorities, language),
        emergency=row.emergency,
        call=row.numbers if row.call else [],
        doer=row.doer,
        version=row.version,
        off=row.off,
        questions=[_question(one, language) for one in row.questions],
        evidence=[answers.Choice(code=one, label=choices.evidence[one][language]) for one in row.evidence],
        certainty=row.certainty if staff else None,
        unverified=word("unverified", language) if staff and row.certainty != "H" else None,
        law=[law.text for law in row.law if law.holds(day)] if staff else None,
    )


def _question(one: Question, language: Language) -> answers.QuestionView:
    return answers.QuestionView(
        code=one.code,
        label=one.label(language),
        type=one.type,
        options=[answers.Choice(code=option.code, label=option.label(language)) for option in one.options],
        multiple=one.multiple,
        least=one.least,
        most=one.most,
        unit=one.unit,
        sensitive=one.sensitive,
    )


def _choices(codes: Iterable[str], language: Language) -> list[answers.Choice]:
    return [answers.Choice(code=code, label=word(code, language)) for code in codes]
