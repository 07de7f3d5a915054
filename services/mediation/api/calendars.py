"""When mediators and rooms are free."""

from __future__ import annotations

from uuid import uuid4

from fastapi import APIRouter, Response

from services.mediation import forms, use_cases
from services.mediation.api.desk import Listing
from services.mediation.views import queries
from services.mediation.views.models import AffectedSessionView, FeedView, KeptRoomView, RoomView
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, TheKit
from shared.access.links import link_token, subject_of
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence.database import Connection

router = APIRouter()


@router.put("/v1/mediators/me/availability", response_model=forms.AvailabilityForm)
async def set_availability(form: forms.AvailabilityForm, actor: CurrentActor, once: DoOnce) -> Response:
    async def work(tx: Connection) -> forms.AvailabilityForm:
        await use_cases.set_availability(tx, form.availability(), actor)
        return form

    return await once(work)


FEED = "calendar"


@router.post("/v1/mediators/me/calendar-link", response_model=FeedView)
async def renew_calendar_link(
    _: forms.NothingForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    async def work(tx: Connection) -> FeedView:
        feed_id = uuid4()
        await use_cases.renew_feed(tx, feed_id, actor)
        token = link_token(kit.settings.link_secret.get_secret_value(), FEED, feed_id)
        return FeedView(url=f"{kit.settings.public_url}/api/mediation/v1/calendars/{token}.ics")

    return await once(work)


@router.get("/v1/calendars/{token}.ics", response_class=Response)
async def calendar_feed(token: str, language: CurrentLanguage, kit: TheKit) -> Response:
    """For calendar programs, which cannot sign in: the address itself is the secret. Raises NotFound."""
    feed_id = subject_of(kit.settings.link_secret.get_secret_value(), FEED, token)
    if feed_id is None:
        raise NotFound
    async with kit.database.reading() as connection:
        file = await queries.calendar_feed(connection, feed_id, kit.clock.now(), language)
    if file is None:
        raise NotFound
    headers = {"Cache-Control": "private, no-cache"}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/v1/rooms")
async def list_rooms(actor: CurrentActor, kit: TheKit) -> Listing[RoomView]:
    async with kit.database.reading() as connection:
        return Listing(items=await queries.rooms(connection, actor))


@router.post("/v1/rooms/{code}/affected")
async def look_ahead(
    code: forms.RoomCode, form: forms.RoomForm, actor: CurrentActor, kit: TheKit
) -> Listing[AffectedSessionView]:
    """The sessions for which these hours would close the room; nothing is kept."""
    async with kit.database.reading() as connection:
        shut_out = await use_cases.shut_out_by(
            connection, code=code, availability=form.availability(), actor=actor, now=kit.clock.now()
        )
    return Listing(items=queries.affected(shut_out))


@router.put("/v1/rooms/{code}", response_model=KeptRoomView)
async def set_room(
    code: forms.RoomCode, form: forms.RoomForm, actor: CurrentActor, once: DoOnce, kit: TheKit
) -> Response:
    now = kit.clock.now()

    async def work(tx: Connection) -> KeptRoomView:
        room_id, shut_out = await use_cases.set_room(
            tx, new_id(), code=code, name=form.name, availability=form.availability(), actor=actor, now=now
        )
        return KeptRoomView(
            id=room_id,
            code=code,
            name=form.name,
            weekly=form.weekly,
            exceptions=form.exceptions,
            affected=queries.affected(shut_out),
        )

    return await once(work)
