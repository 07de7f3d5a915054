"""The coordinators' desk: what to look at first, by whatever they look for, and the filters they keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime, Field, StringConstraints

from services.complaints import answers, policy, storage, use_cases, views
from services.complaints.api.asking import Ask
from services.complaints.api.forms import EmptyForm, Form
from services.complaints.clocks import Timetable
from services.complaints.storage import Order, Queued, Urgency, Wanted
from services.complaints.terms import Identity, Stage, Tier
from services.complaints.use_cases.changing import alliance_of
from shared.access.actor import Actor
from shared.access.cursors import Cursor
from shared.access.door import CurrentActor, TheKit
from shared.clock import local_day
from shared.errors import Refused
from shared.persistence.database import Connection

router = APIRouter(prefix="/v1/queue")

Plain = Annotated[str, StringConstraints(pattern="^[a-z_]{1,64}$")]
Name = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f/]+$")]

BY_DAY: Cursor[tuple[date, UUID]] = Cursor(tuple[date, UUID])
BY_LISTING: Cursor[tuple[AwareDatetime, UUID]] = Cursor(tuple[AwareDatetime, UUID])
_CURSORS: Mapping[Order, Cursor[Any]] = {"next_day": BY_DAY, "newest": BY_LISTING}


class TooManyFilters(Refused):
    """A coordinator keeps as many as the alliance's rule says."""

    def __init__(self, most: int) -> None:
        super().__init__("too_many_filters", most=most)


class FilterForm(Form):
    """What the desk is looked through by; nothing named chooses nothing."""

    stage: Stage | None = None
    category: Plain | None = None
    subcategory: Plain | None = None
    place_id: UUID | None = None
    """A place, a building or a block."""
    clock: Urgency | None = None
    tier: Tier | None = None
    identity: Identity | None = None
    respondent_unknown: bool = False
    unassigned: bool = False
    needs_me: bool = False
    order: Order = "next_day"

    @property
    def wanted(self) -> Wanted:
        return Wanted(**{name: getattr(self, name) for name in FilterForm.model_fields})


class QueueQuery(FilterForm):
    cursor: Annotated[str | None, Field(max_length=200)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


@router.get("")
async def show_queue(
    actor: CurrentActor, kit: TheKit, asked: Annotated[QueueQuery, Query()]
) -> answers.QueuePage:
    """The cases a coordinator looks after: what ends next first, an emergency nobody has confirmed before all."""
    policy.require_desk(actor)
    now, cursor = kit.clock.now(), _CURSORS[asked.order]
    alliance_id, today = alliance_of(actor), local_day(now)
    async with kit.database.reading() as connection:
        near_until = await _near_until(connection, alliance_id, today)
        found = await storage.queued(
            connection,
            alliance_id,
            actor.member_id,
            asked.wanted,
            today=today,
            near_until=near_until,
            after=cursor.read(asked.cursor),
            limit=asked.limit + 1,
        )
        first = asked.cursor is None
        counted = await _counted(connection, actor, asked.wanted, today, near_until) if first else {}
    page = found[: asked.limit]
    return answers.QueuePage(
        items=[views.queue_item(one, now) for one in page],
        next_cursor=cursor.after(_key(page[-1], asked.order)) if len(found) > asked.limit else None,
        **counted,
    )


@router.get("/filters")
async def show_filters(actor: CurrentActor, kit: TheKit) -> answers.KeptFilters:
    """The caller's own."""
    member_id = policy.require_desk(actor)
    async with kit.database.reading() as connection:
        return await _filters(connection, member_id)


@router.put("/filters/{name}", response_model=answers.KeptFilters)
async def keep_filter(name: Name, form: FilterForm, ask: Ask) -> Response:
    """Under its name, in place of an earlier one of that name."""
    member_id = policy.require_desk(ask.actor)

    async def work(tx: Connection) -> answers.KeptFilters:
        now = ask.now()
        most = await use_cases.figure(tx, alliance_of(ask.actor), "kept_filters", now)
        chosen = form.model_dump(mode="json", exclude_defaults=True)
        written = {key: str(value).lower() if value is True else value for key, value in chosen.items()}
        if not await storage.keep_filter(tx, member_id, name, written, now=now, most=most):
            raise TooManyFilters(most)
        return await _filters(tx, member_id)

    return await ask.once(work)


@router.post("/filters/{name}/forget", response_model=answers.KeptFilters)
async def forget_filter(name: Name, _: EmptyForm, ask: Ask) -> Response:
    """Lets go of it."""
    member_id = policy.require_desk(ask.actor)

    async def work(tx: Connection) -> answers.KeptFilters:
        await storage.forget_filter(tx, member_id, name)
        return await _filters(tx, member_id)

    return await ask.once(work)


async def _filters(connection: Connection, member_id: UUID) -> answers.KeptFilters:
    kept = await storage.kept_filters(connection, member_id)
    return answers.KeptFilters(items=[answers.KeptFilter(name=name, filter=chosen) for name, chosen in kept])


async def _counted(
    connection: Connection, actor: Actor, wanted: Wanted, today: date, near_until: date
) -> dict[str, Any]:
    """How many cases are found over all pages, and the desk at a glance."""
    alliance_id, member_id = alliance_of(actor), actor.member_id
    counts = await storage.count_queue(connection, alliance_id, member_id, today=today, near_until=near_until)
    found = await storage.count_wanted(
        connection, alliance_id, member_id, wanted, today=today, near_until=near_until
    )
    return {"counts": views.queue_counts(counts), "found": found}


async def _near_until(connection: Connection, alliance_id: UUID, today: date) -> date:
    """Up to which day a last day is near: so many working days ahead, by the alliance's rule and calendar."""
    charter = await storage.CHARTERS.current(connection, alliance_id)
    timetable = Timetable(charter.rules, charter.calendar)
    return timetable.calendar.after_working_days(today, timetable.rules.in_force("near", today).value)


def _key(last: Queued, order: Order) -> tuple[Any, UUID]:
    key = last.next_last_day if order == "next_day" else last.listed_at
    return key, last.case.file.case_id
