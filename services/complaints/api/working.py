"""Work records of facilitators, and the ten methods they may name."""

from __future__ import annotations

from typing import Annotated, get_args
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from services.complaints import policy, storage, views
from services.complaints.answers import Choice, Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import Form, Note
from services.complaints.api.reads import seen
from services.complaints.commands import RecordWork, ReportToPolice
from services.complaints.sentences import TEXTS, word
from services.complaints.terms import RUNGS, Method, Rung, Side
from services.complaints.views.working import WorkPage
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.errors import NotAllowed

router = APIRouter()


class WorkForm(Form):
    """What was done. Methods and rungs are tags; a record without them is a record all the same."""

    note: Note
    said: Note | None = None
    """What somebody concerned said to it, in their own words."""
    said_by: Side | None = None
    methods: Annotated[tuple[Method, ...], Field(max_length=10)] = ()
    rungs: Annotated[tuple[Rung, ...], Field(max_length=4)] = ()


class PoliceForm(Form):
    """What the police were told of, when (now, where it is not said), and the number they gave it."""

    what: Note
    at: AwareDatetime | None = None
    reference: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)] | None
    ) = None


class MethodView(Choice):
    """One of the ten methods (宝兴十法), with the questions that help to use it."""

    prompt: str


class Methods(BaseModel):
    methods: list[MethodView]
    rungs: list[Choice]


@router.post("/v1/cases/{id}/work", response_model=Receipt)
async def record_work(id: UUID, form: WorkForm, ask: Ask) -> Response:
    methods = tuple(dict.fromkeys(form.methods))
    rungs = tuple(rung for rung in RUNGS if rung in form.rungs)
    return await ask.command(RecordWork(id, methods, rungs, form.note, form.said, form.said_by))


@router.post("/v1/cases/{id}/police-report", response_model=Receipt)
async def report_to_police(id: UUID, form: PoliceForm, ask: Ask) -> Response:
    return await ask.command(ReportToPolice(id, form.what, form.at or ask.now(), form.reference))


@router.get("/v1/cases/{id}/work")
async def show_work(id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage) -> WorkPage:
    """The records of a case, for those who work on it."""
    async with kit.database.reading() as connection:
        case = await seen(connection, id, actor)
        if not policy.sees(case.by, "work", case.stored.case.file):
            raise NotAllowed
        steps = await storage.steps_of(connection, id)
    return views.work(case.stored.case, steps, language)


@router.get("/v1/methods")
async def show_methods(language: CurrentLanguage) -> Methods:
    """The ten methods and the four rungs, named in the caller's language. For everybody."""
    return Methods(
        methods=[
            MethodView(code=code, label=word(code, language), prompt=TEXTS(f"prompt_{code}", language))
            for code in get_args(Method)
        ],
        rungs=[Choice(code=rung, label=word(rung, language)) for rung in RUNGS],
    )
