"""The HTTP door for operators: where platforms are told, with which secret, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from services.notifications import policy
from services.notifications.settings import settings_of
from services.notifications.webhooks import storage
from services.notifications.webhooks.signing import secret_of
from services.notifications.webhooks.storage import Message, State, Webhook
from shared.access.cursors import Cursor
from shared.access.door import CurrentActor, DoOnce, Kit, TheKit
from shared.clock import SystemClock
from shared.errors import Invalid
from shared.persistence.database import Connection

router = APIRouter()

NEWEST: Cursor[UUID] = Cursor(UUID)


class WebhookForm(BaseModel):
    """Where a platform wants to be told."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=500)]


@dataclass(frozen=True)
class WebhookView:
    """A platform's webhook, without its secret; `generation` counts the secrets that it has had."""

    id: UUID
    url: str
    generation: int
    registered_at: datetime
    rotated_at: datetime | None
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True)
class Webhooks:
    items: Sequence[WebhookView]


@dataclass(frozen=True)
class NewSecretView(WebhookView):
    """The same with what the platform checks signatures with: to be taken down now, for it is shown to nobody again."""

    secret: str


_VIEWS = TypeAdapter(WebhookView)
_NEW_SECRETS = TypeAdapter(NewSecretView)


@dataclass(frozen=True)
class Messages:
    """A page of what a platform was told."""

    items: Sequence[Message]
    next_cursor: str | None


@router.get("/v1/webhooks")
async def list_webhooks(actor: CurrentActor, kit: TheKit) -> Webhooks:
    alliance_id, _ = policy.require_webhooks(actor)
    async with kit.database.reading() as connection:
        found = await storage.webhooks_of(connection, alliance_id)
    return Webhooks([_view(one) for one in found])


@router.post("/v1/webhooks", status_code=201, response_model=NewSecretView)
async def register(form: WebhookForm, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The platform is told of what happens from now on."""
    alliance_id, member_id = policy.require_webhooks(actor)
    _require_address(form.url, plain=settings_of(kit).environment == "development")

    async def work(tx: Connection) -> WebhookView:
        now = kit.clock.now()
        return _view(
            await storage.add_webhook(tx, alliance_id=alliance_id, url=form.url, by=member_id, now=now)
        )

    return _with_secret(await once(work, status=201), kit)


@router.post("/v1/webhooks/{id}/rotate", response_model=NewSecretView)
async def rotate(id: UUID, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """A new secret; for a day the one before it signs too."""
    alliance_id, _ = policy.require_webhooks(actor)

    async def work(tx: Connection) -> WebhookView:
        machine_now = SystemClock().now()
        return _view(await storage.rotate(tx, id, alliance_id=alliance_id, machine_now=machine_now))

    return _with_secret(await once(work), kit)


def _with_secret(saved: Response, kit: Kit) -> Response:
    """What is kept of an answer, for whoever asks again under the same key, holds no secret; what goes out does.

    What the release before kept does not say which secret it was: that goes out without one.
    """
    if "generation" not in json.loads(bytes(saved.body)):
        return saved
    view = _VIEWS.validate_json(bytes(saved.body))
    key = settings_of(kit).link_secret.get_secret_value()
    shown = NewSecretView(**asdict(view), secret=secret_of(key, view.id, view.generation))
    headers = {name: saved.headers[name] for name in ("Idempotent-Replayed",) if name in saved.headers}
    body = _NEW_SECRETS.dump_json(shown)
    return Response(body, saved.status_code, headers | {"Cache-Control": "no-store"}, "application/json")


@router.post("/v1/webhooks/{id}/remove", response_model=WebhookView)
async def remove(id: UUID, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The platform is told nothing more; the log stays."""
    alliance_id, _ = policy.require_webhooks(actor)

    async def work(tx: Connection) -> WebhookView:
        return _view(await storage.remove(tx, id, alliance_id=alliance_id, now=kit.clock.now()))

    return await once(work)


@router.get("/v1/webhooks/{id}/messages")
async def messages(
    id: UUID,
    *,
    actor: CurrentActor,
    kit: TheKit,
    state: State | None = None,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Messages:
    alliance_id, _ = policy.require_webhooks(actor)
    before = NEWEST.read(cursor)
    async with kit.database.reading() as connection:
        await storage.webhook_of(connection, id, alliance_id=alliance_id)
        found = await storage.messages_of(connection, id, state=state, before=before, limit=limit + 1)
    page = found[:limit]
    return Messages(page, NEWEST.after(page[-1].id) if len(found) > limit else None)


@router.post("/v1/webhooks/{id}/messages/{message_id}/replay", response_model=Message)
async def replay(id: UUID, message_id: UUID, actor: CurrentActor, once: DoOnce) -> Response:
    """Sent again under its own id: a receiver that has it already will know."""
    alliance_id, _ = policy.require_webhooks(actor)

    async def work(tx: Connection) -> Message:
        await storage.webhook_of(tx, id, alliance_id=alliance_id)
        return await storage.replay(tx, id, message_id)

    return await once(work)


def _require_address(url: str, *, plain: bool) -> None:
    """Raises Invalid for what is no address of a web server; without TLS only in development."""
    schemes = {"https", "http"} if plain else {"https"}
    try:
        parts = urlsplit(url)
        sound = parts.port != 0 and bool(parts.hostname) and url.isascii() and url.isprintable()
    except ValueError:
        raise Invalid("/url", "address_needed") from None
    if not sound or parts.scheme not in schemes or parts.username or parts.fragment or " " in url:
        raise Invalid("/url", "address_needed")


def _view(webhook: Webhook) -> WebhookView:
    known = asdict(webhook)
    return WebhookView(**{name: known[name] for name in WebhookView.__dataclass_fields__})
