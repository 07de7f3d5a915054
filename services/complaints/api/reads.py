"""What may be looked at: cases, their histories and messages, and what one may choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from services.complaints import answers, policy, storage, use_cases, views
from services.complaints.commands import PostToGroup
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import Case, Joined
from services.complaints.terms import Stage
from shared.access.actor import SYSTEM, Actor
from shared.access.cursors import Cursor
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.clock import local_day
from shared.errors import NotAllowed, NotFound
from shared.persistence.database import Connection

router = APIRouter()


@dataclass(frozen=True)
class Seen:
    """A case, and what its reader is to it."""

    stored: storage.Stored
    by: Standing


async def seen(connection: Connection, case_id: UUID, actor: Actor) -> Seen:
    """The case, for somebody it exists for. Raises NotFound."""
    stored = await storage.read_case(connection, case_id, by=actor)
    by = policy.standing(actor, stored.aggregate.alliance_id, stored.case, stored.people)
    if by is None:
        raise NotFound
    return Seen(stored, by)


LISTED: Cursor[tuple[AwareDatetime, UUID]] = Cursor(tuple[AwareDatetime, UUID])


def _after(last: storage.Listed) -> str:
    return LISTED.after((last.listed_at, last.case.file.case_id))


@router.get("/v1/cases")
async def list_cases(
    actor: CurrentActor,
    kit: TheKit,
    *,
    stage: Stage | None = None,
    category: Annotated[str | None, Query(pattern="^[a-z_]{1,64}$")] = None,
    place_id: UUID | None = None,
    mine: bool = False,
    needs_me: bool = False,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> answers.CasePage:
    """The cases one may see, the newest first."""
    chosen = storage.Filter(stage, category, place_id, mine, needs_me)
    async with kit.database.reading() as connection:
        found = await storage.cases_seen_by(
            connection, actor, chosen, after=LISTED.read(cursor), limit=limit + 1
        )
    page = found[:limit]
    return answers.CasePage(
        items=[views.item(listed) for listed in page],
        next_cursor=_after(page[-1]) if len(found) > limit else None,
    )


MOST_OF_ONES_OWN = 200
"""Nobody has more open matters of their own; a mediator's are on their own desk."""


@router.get("/v1/days")
async def show_days(actor: CurrentActor, kit: TheKit) -> answers.Days:
    """The days of the cases one is a party of, or mediates."""
    chosen = storage.Filter(mine=True)
    async with kit.database.reading() as connection:
        found = await storage.cases_seen_by(connection, actor, chosen, after=None, limit=MOST_OF_ONES_OWN)
    return answers.Days(items=views.days(found))


@router.get("/v1/cases/{id}")
async def show_case(
    id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage
) -> answers.CaseView:
    """One case, as its reader may see it."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        case = found.stored.case
        steps = await storage.steps_of(connection, id)
        words = views.words_in(steps)
        lead = await _other(connection, case.lead_case_id if isinstance(case, Joined) else None)
        continues = words.filed.continues
        earlier = await storage.read_case(connection, continues, by=SYSTEM) if continues else None
        beside = await use_cases.cases_beside(connection, case.file, actor)
        conflict = await use_cases.conflict_of(connection, case.file, found.by, actor)
        group = await _group(connection, found.stored, found.by, kit.clock.now())
        asked = await storage.subcategory_of(
            connection,
            found.stored.aggregate.alliance_id,
            words.filed.subcategory,
            words.filed.category_version,
        )
    return views.case_view(
        case,
        Circumstances(found.by, kit.clock.now(), found.stored.timetable, found.stored.people.joined),
        words,
        found.stored.people,
        reader_id=actor.member_id,
        lead=lead,
        earlier=earlier,
        beside=[one.case for one in beside],
        conflict=conflict,
        group=group,
        asked=asked,
        ended_in=views.ended_in(steps),
        held_since=views.held_since(steps, found.by, case.file),
        occurrences=views.occurrences(steps, found.by, case.file),
        language=language,
    )


async def _group(connection: Connection, lead: storage.Stored, by: Standing, now: datetime) -> views.Group:
    """The single filings are read for the coordinator alone; everybody else is told a rounded number."""
    floor = lead.timetable.rules.in_force("household_floor", local_day(now)).value
    if by.role != "coordinator":
        return views.Group(await storage.count_joined(connection, lead.aggregate.id) + 1, floor)
    joined = await storage.joined_cases(connection, lead.aggregate.id)
    return views.Group(len(joined) + 1, floor, tuple(joined))


async def _other(connection: Connection, case_id: UUID | None) -> Case | None:
    """Another case that this one belongs to."""
    return (await storage.read_case(connection, case_id, by=SYSTEM)).case if case_id else None


@router.get("/v1/cases/{id}/history")
async def show_history(
    id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage
) -> answers.History:
    """Every step the reader may see, in order."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        steps = await storage.steps_of(connection, id)
    return answers.History(items=views.history(steps, found.by, found.stored.case.file, language))


@router.get("/v1/cases/{id}/thread")
async def show_thread(
    id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage
) -> answers.Thread:
    """What those who complain together say among themselves: for them and the coordinator, and nobody else."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        policy.require_may(found.by, PostToGroup)
        steps = await storage.steps_of(connection, id)
    return answers.Thread(items=views.thread(steps, found.by, language))


@router.get("/v1/cases/{id}/messages")
async def show_messages(
    id: UUID, actor: CurrentActor, kit: TheKit, language: CurrentLanguage
) -> answers.Messages:
    """The messages the reader may read."""
    async with kit.database.reading() as connection:
        found = await seen(connection, id, actor)
        file = found.stored.case.file
        if not policy.sees(found.by, "messages", file):
            raise NotAllowed
        steps = await storage.steps_of(connection, id)
    return answers.Messages(items=views.messages(steps, found.by, file, language))
