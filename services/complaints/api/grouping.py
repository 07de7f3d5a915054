"""Group cases: many filings handled with one, and a second matter taken out of a filing."""

from __future__ import annotations

from secrets import token_hex
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from services.complaints import sentences, use_cases, views
from services.complaints.answers import Receipt
from services.complaints.api.asking import Ask
from services.complaints.api.forms import (
    AcceptLeadForm,
    EmptyForm,
    GatherForm,
    LeadsForm,
    PostForm,
    ReleasePostForm,
    SplitForm,
    VolunteerForm,
)
from services.complaints.commands import (
    AcceptLead,
    DrawSpeakers,
    NominateLeads,
    PostToGroup,
    VolunteerToSpeak,
)
from services.complaints.decisions.grouping import held_words
from services.complaints.use_cases import Done, SecondMatter
from shared.ids import new_reference
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/cases/{id}")


@router.post("/gather", response_model=Receipt)
async def gather(id: UUID, form: GatherForm, ask: Ask) -> Response:
    """All of them are joined, or none."""
    return await ask.case(lambda tx, now: use_cases.gather_cases(tx, id, form.references, ask.actor, now))


@router.post("/leads", response_model=Receipt)
async def nominate(id: UUID, form: LeadsForm, ask: Ask) -> Response:
    return await ask.command(NominateLeads(id, form.members))


@router.post("/leads/accept", response_model=Receipt)
async def accept_lead(id: UUID, form: AcceptLeadForm, ask: Ask) -> Response:
    return await ask.command(AcceptLead(id, form.words))


@router.post("/speakers/volunteer", response_model=Receipt)
async def volunteer(id: UUID, form: VolunteerForm, ask: Ask) -> Response:
    return await ask.command(VolunteerToSpeak(id, form.willing))


@router.post("/speakers/draw", response_model=Receipt)
async def draw(id: UUID, _: EmptyForm, ask: Ask) -> Response:
    """The lot is thrown here, and written down with what it said."""
    return await ask.command(DrawSpeakers(id, token_hex(16)))


@router.post("/thread", response_model=Receipt)
async def post(id: UUID, form: PostForm, ask: Ask) -> Response:
    """Whose words wait is told for which of them."""

    def next_step(done: Done) -> str:
        return sentences.post_taken(held_words(form.text, done.at), ask.language)

    return await ask.case(
        lambda tx, now: use_cases.handle(tx, PostToGroup(id, uuid4(), form.text), ask.actor, now),
        next_step=next_step,
    )


@router.post("/thread/{message_id}/release", response_model=Receipt)
async def release_post(id: UUID, message_id: UUID, form: ReleasePostForm, ask: Ask) -> Response:
    return await ask.case(
        lambda tx, now: use_cases.release_post(tx, id, message_id, form.text, actor=ask.actor, now=now)
    )


@router.post("/split", response_model=Receipt)
async def split(id: UUID, form: SplitForm, ask: Ask) -> Response:
    """The receipt names both: the filing and the case its second matter became."""

    async def work(tx: Connection) -> Receipt:
        matter = SecondMatter(form.subcategory, form.description)
        done = await use_cases.split_matter(tx, id, matter, new_reference(), actor=ask.actor, now=ask.now())
        second = done.second.case
        next_step = sentences.TEXTS("next_split", ask.language, reference=second.file.reference)
        return views.receipt(done.case, ask.language, next_step=next_step, split=second)

    return await ask.once(work)
