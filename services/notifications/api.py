"""The HTTP door: a member's inbox and preferences; for coordinators, whether word arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict

from services.notifications import policy, storage, use_cases, views, wording
from services.notifications.audiences import Side
from services.notifications.commands import ChoosePreferences, MarkByHand, ReadNotice, StopMails
from services.notifications.events import HANDED, Brought, Handed, Missed
from services.notifications.live import Changes, Watch
from services.notifications.notice import Notice
from services.notifications.settings import Settings, settings_of
from services.notifications.views import DeliveryView, Letter, State
from services.notifications.wishes import Beside, OptionalGroup, Rhythm, optional_group
from services.notifications.wording import UNSUBSCRIBE
from shared.access.actor import Actor
from shared.access.cursors import Cursor
from shared.access.door import CurrentActor, CurrentLanguage, DoOnce, Kit, Once, TheKit, goes_on
from shared.access.links import subject_of
from shared.access.streams import as_long_as
from shared.clock import SystemClock, local_day
from shared.errors import NotFound
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()

Mark = Annotated[str | None, Query(max_length=64)]
LinkToken = Annotated[str, Path(pattern=r"^[\w.-]{1,200}$")]
NEWEST: Cursor[UUID] = Cursor(UUID)
Limit = Annotated[int, Query(ge=1, le=100)]


@dataclass(frozen=True)
class InboxItem:
    """A notice in the caller's language."""

    id: UUID
    kind: str
    case_id: UUID
    reference: str
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Inbox:
    """A page of notices and how many are unread in all."""

    items: Sequence[InboxItem]
    unread: int
    next_cursor: str | None


@dataclass(frozen=True)
class ReadAnswer:
    """When the notice was first opened."""

    id: UUID
    read_at: datetime | None


@dataclass(frozen=True)
class Deliveries:
    """A page of deliveries."""

    items: Sequence[DeliveryView]
    next_cursor: str | None


class PreferencesForm(BaseModel):
    """How to be told from now on. The inbox always is, and so is by mail what is required.

    `mail` switched off stops all other mails; `mails` says it for each group, at once where it names none.
    """

    model_config = ConfigDict(extra="forbid")

    language: Language
    mail: bool
    mails: dict[OptionalGroup, Rhythm] = {}
    large_type: bool = False
    pushes: dict[OptionalGroup, Beside] = {}


@dataclass(frozen=True)
class Unsubscribing:
    """Of which mails a link in one of them is; None for those that cannot be switched off."""

    group: OptionalGroup | None


@dataclass(frozen=True)
class LetterItem:
    """A notice to be brought: to whom and where, unless who complained may be hidden; its words stay inside."""

    id: UUID
    case_id: UUID
    reference: str
    title: str
    recipient: Side
    recipient_id: UUID | None
    name: str | None
    places: Sequence[UUID]
    created_at: datetime


@dataclass(frozen=True)
class Letters:
    """All that waits to be brought, the oldest first."""

    items: Sequence[LetterItem]


class HandedForm(BaseModel):
    """When it was handed over, today unless said otherwise; a signed slip proves it."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = None
    signed: bool = False


class MissedForm(BaseModel):
    """Why it could not be handed over."""

    model_config = ConfigDict(extra="forbid")

    reason: Missed


@dataclass(frozen=True)
class Marked:
    """What was marked."""

    id: UUID
    handed: bool


@router.get("/v1/inbox")
async def inbox(
    *,
    actor: CurrentActor,
    language: CurrentLanguage,
    kit: TheKit,
    unread: bool = False,
    cursor: Mark = None,
    limit: Limit = 20,
) -> Inbox:
    before = NEWEST.read(cursor)
    async with kit.database.reading() as connection:
        notices = await views.inbox(connection, actor, unread=unread, before=before, limit=limit + 1)
        count = await views.count_unread(connection, actor)
    page, more = _page(notices, limit)
    settings = settings_of(kit)
    return Inbox([_item(notice, language, settings) for notice in page], count, more)


async def _seated(actor: CurrentActor, request: Request) -> AsyncIterator[Changes]:
    """A place among the listeners for as long as the answer goes on. Raises TooManyRequests."""
    watch: Watch = request.app.state.watch
    assert actor.member_id is not None  # noqa: S101  whoever has a token is somebody
    with watch.seat(actor.member_id) as changes:
        yield changes


@router.get("/v1/inbox/stream", response_class=EventSourceResponse)
async def stream(
    request: Request,
    changes: Annotated[Changes, Depends(_seated)],
    last_event_id: Annotated[str | None, Header(max_length=64)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """`inbox` with how much is unread: at once, unless it was seen last, and whenever it changes; `/v1/inbox` has what.

    It ends with the token. Every 15 seconds of silence a comment says that it is still there.
    """
    async for unread in as_long_as(partial(goes_on, request), changes(last_event_id)):
        yield ServerSentEvent(event="inbox", data={"unread": unread.count}, id=unread.mark)


@router.post("/v1/inbox/{id}/read", response_model=ReadAnswer)
async def read(id: UUID, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    async def work(tx: Connection) -> ReadAnswer:
        reading = await use_cases.read_notice(tx, ReadNotice(id), actor, kit.clock.now())
        return ReadAnswer(id, reading.read_at)

    return await once(work)


@router.get("/v1/preferences")
async def preferences(actor: CurrentActor, kit: TheKit) -> ChoosePreferences:
    async with kit.database.reading() as connection:
        return await views.preferences(connection, actor)


@router.put("/v1/preferences", response_model=ChoosePreferences)
async def choose_preferences(form: PreferencesForm, actor: CurrentActor, once: DoOnce) -> Response:
    chosen = ChoosePreferences(form.language, form.mail, form.mails, form.large_type, form.pushes)
    return await once(lambda tx: use_cases.choose_preferences(tx, chosen, actor))


@router.get("/v1/unsubscribe/{token}")
async def show_unsubscribing(token: LinkToken, kit: TheKit) -> Unsubscribing:
    """What the link of a mail would switch off; looking changes nothing."""
    notice_id = _linked_notice(token, kit)
    async with kit.database.reading() as connection:
        return Unsubscribing(optional_group(await storage.kind_of(connection, notice_id)))


@router.post("/v1/unsubscribe/{token}")
async def unsubscribe(token: LinkToken, kit: TheKit) -> Unsubscribing:
    """Mail programs ask this without a key or a person signed in (RFC 8058); doing it twice changes nothing."""
    command = StopMails(_linked_notice(token, kit))
    async with kit.database.transaction() as tx:
        return Unsubscribing(await use_cases.stop_mails(tx, command))


def _linked_notice(token: str, kit: Kit) -> UUID:
    secret = settings_of(kit).link_secret.get_secret_value()
    notice_id = subject_of(secret, UNSUBSCRIBE, token)
    if notice_id is None:
        raise NotFound
    return notice_id


@router.get("/v1/deliveries")
async def deliveries(
    *,
    actor: CurrentActor,
    kit: TheKit,
    case_id: UUID | None = None,
    recipient_id: UUID | None = None,
    state: State | None = None,
    cursor: Mark = None,
    limit: Limit = 50,
) -> Deliveries:
    policy.require_deliveries(actor)
    before = NEWEST.read(cursor)
    async with kit.database.reading() as connection:
        found = await views.deliveries(
            connection,
            actor,
            case_id=case_id,
            recipient_id=recipient_id,
            state=state,
            before=before,
            limit=limit + 1,
        )
    return Deliveries(*_page(found, limit))


@router.get("/v1/by-hand")
async def by_hand(actor: CurrentActor, language: CurrentLanguage, kit: TheKit) -> Letters:
    """What no mail and no text has brought, to be told at the door."""
    who = policy.brings(actor)
    async with kit.database.reading() as connection:
        found = await views.by_hand(connection, who)
    return Letters([_letter(one, language) for one in found])


@router.post("/v1/by-hand/{id}/handed", response_model=Marked)
async def handed(
    id: UUID, actor: CurrentActor, once: DoOnce, kit: TheKit, form: HandedForm | None = None
) -> Response:
    """Somebody was at the door and handed it over."""
    said = form or HandedForm()
    result: Handed = "signed" if said.signed else "handed"
    return await _mark(id, result, actor, once, kit, on=said.on)


@router.post("/v1/by-hand/{id}/missed", response_model=Marked)
async def missed(id: UUID, form: MissedForm, actor: CurrentActor, once: DoOnce, kit: TheKit) -> Response:
    """Somebody was at the door in vain."""
    return await _mark(id, form.reason, actor, once, kit)


async def _mark(
    id: UUID, result: Brought, actor: Actor, once: Once, kit: Kit, *, on: date | None = None
) -> Response:
    async def work(tx: Connection) -> Marked:
        times = use_cases.Times(kit.clock.now(), SystemClock().now())
        command = MarkByHand(on or local_day(times.now), result)
        await use_cases.mark_by_hand(tx, id, command, actor, times)
        return Marked(id, handed=result in HANDED)

    return await once(work)


def _letter(letter: Letter, language: Language) -> LetterItem:
    notice = letter.notice
    return LetterItem(
        letter.id,
        notice.case_id,
        notice.reference,
        wording.title(notice, language),
        letter.recipient,
        letter.recipient_id,
        letter.name,
        letter.places,
        notice.created_at,
    )


Row = TypeVar("Row", Notice, DeliveryView)


def _page(rows: Sequence[Row], limit: int) -> tuple[Sequence[Row], str | None]:
    """The page and the cursor of the next one, one row more having been asked for to know of it."""
    page = rows[:limit]
    return page, NEWEST.after(page[-1].id) if len(rows) > limit else None


def _item(notice: Notice, language: Language, settings: Settings) -> InboxItem:
    link = wording.link(
        notice, public_url=settings.public_url, link_secret=settings.link_secret.get_secret_value()
    )
    return InboxItem(
        notice.id,
        notice.kind,
        notice.case_id,
        notice.reference,
        wording.title(notice, language),
        wording.body(notice, language),
        link,
        notice.created_at,
        notice.read_at,
    )
