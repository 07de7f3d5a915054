"""What is read of mediations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.mediation import policy
from services.mediation.api.desk import Listing, Page
from services.mediation.storage import mediations as stored
from services.mediation.storage.charters import CHARTERS
from services.mediation.views import queries, rooms
from services.mediation.views.announced import open_sessions
from services.mediation.views.days import days
from services.mediation.views.invitation import invitation_view
from services.mediation.views.mediation import mediation_view
from services.mediation.views.models import (
    DayView,
    InvitationView,
    ListedView,
    MediationView,
    NoteView,
    OpenSessionView,
)
from shared.access.door import CurrentActor, CurrentLanguage, TheKit
from shared.clock import local_day
from shared.errors import Invalid

router = APIRouter()


@router.get("/v1/mediations")
async def list_mediations(
    actor: CurrentActor,
    kit: TheKit,
    *,
    case_id: UUID | None = None,
    mine: bool = False,
    needs_me: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Page[ListedView]:
    async with kit.database.reading() as connection:
        items, next_cursor = await queries.mediations(
            connection,
            actor,
            kit.clock.now(),
            case_id=case_id,
            mine=mine,
            needs_me=needs_me,
            cursor=cursor,
            limit=limit,
        )
    return Page(items=items, next_cursor=next_cursor)


LONGEST = timedelta(days=366)


@router.get("/v1/days")
async def show_days(
    actor: CurrentActor,
    kit: TheKit,
    language: CurrentLanguage,
    since: date | None = None,
    until: date | None = None,
) -> Listing[DayView]:
    """Sessions and promises of the mediations one has a part in; from today on where no day is named."""
    now = kit.clock.now()
    first = since or local_day(now)
    last = until or first + LONGEST
    if not timedelta() <= last - first <= LONGEST:
        raise Invalid("query/until", "period_wrong")
    async with kit.database.reading() as connection:
        items = await days(connection, actor, now, language, since=first, until=last)
        names = await rooms.names(connection, policy.alliance(actor))
    return Listing(items=rooms.named_days(items, names))


@router.get("/v1/open-sessions/{alliance_id}")
async def show_open_sessions(alliance_id: UUID, kit: TheKit) -> Listing[OpenSessionView]:
    """For everybody, without sign-in."""
    async with kit.database.reading() as connection:
        return Listing(items=await open_sessions(connection, alliance_id, kit.clock.now()))


@router.get("/v1/mediations/{id}")
async def show(
    id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit
) -> MediationView | InvitationView:
    async with kit.database.reading() as connection:
        state = await stored.mediation_seen_by(connection, actor, id, as_guest=True)
        charter = await CHARTERS.current(connection, state.matter.alliance_id)
        names = await rooms.names(connection, state.matter.alliance_id)
    now = kit.clock.now()
    if policy.is_only_guest(actor, state):
        return rooms.named(invitation_view(actor, state, now, language, rooms=names), names)
    shown = mediation_view(actor, state, now, language, calendar=charter.calendar, rooms=names)
    return rooms.named(shown, names)


@router.get("/v1/mediations/{id}/calendar.ics", response_class=Response)
async def calendar(id: UUID, actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> Response:
    async with kit.database.reading() as connection:
        file = await queries.calendar_file(connection, actor, id, kit.clock.now(), language)
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/v1/mediations/{id}/caucus-notes")
async def caucus_notes(id: UUID, actor: CurrentActor, kit: TheKit) -> Listing[NoteView]:
    async with kit.database.reading() as connection:
        return Listing(items=await queries.caucus_notes(connection, actor, id))
