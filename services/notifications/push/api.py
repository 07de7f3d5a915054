"""The HTTP door: on which of one's browsers word comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notifications.push import storage
from services.notifications.push.sealing import Subscription, is_point, read
from services.notifications.push.storage import Device
from services.notifications.settings import settings_of
from shared.access.actor import Actor
from shared.access.door import CurrentActor, DoOnce, Kit, TheKit
from shared.errors import Invalid, NotFound
from shared.persistence.database import Connection

router = APIRouter()

SECRET_BYTES = 16


class Keys(BaseModel):
    """By which a message is sealed for this browser alone, as it names them."""

    model_config = ConfigDict(extra="forbid")

    p256dh: Annotated[str, Field(max_length=120)]
    auth: Annotated[str, Field(max_length=40)]


class DeviceForm(BaseModel):
    """What a browser says after its owner allowed it (`PushSubscription.toJSON`)."""

    model_config = ConfigDict(extra="forbid")

    endpoint: Annotated[str, Field(max_length=1000)]
    keys: Keys


@dataclass(frozen=True)
class Push:
    """The key a browser asks with, none where nobody is told this way, and which of one's own have asked."""

    key: str | None
    devices: Sequence[Device]


@router.get("/v1/push")
async def show(actor: CurrentActor, kit: TheKit) -> Push:
    sender = settings_of(kit).push_sender()
    async with kit.database.reading() as connection:
        devices = await storage.devices_of(connection, _member(actor))
    return Push(sender.public_key if sender else None, devices)


@router.post("/v1/push", status_code=201, response_model=Device)
async def add(form: DeviceForm, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """Word comes to this browser too."""
    if settings_of(kit).push_sender() is None:
        raise NotFound
    subscription = _subscription(form, kit)
    return await once(
        lambda tx: storage.add_device(tx, _member(actor), subscription, kit.clock.now()), status=201
    )


@router.post("/v1/push/{id}/remove", response_model=Device)
async def remove(id: UUID, actor: CurrentActor, once: DoOnce) -> Response:
    """No word comes to it any more."""

    async def work(tx: Connection) -> Device:
        return await storage.remove_device(tx, id, member_id=_member(actor))

    return await once(work)


def _member(actor: Actor) -> UUID:
    assert actor.member_id is not None  # noqa: S101  whoever has a token is somebody
    return actor.member_id


def _subscription(form: DeviceForm, kit: Kit) -> Subscription:
    """Raises Invalid for what no browser says."""
    endpoint, plain = form.endpoint, settings_of(kit).environment == "development"
    try:
        parts = urlsplit(endpoint)
        sound = parts.port != 0 and bool(parts.hostname) and not parts.username
    except ValueError:
        raise Invalid("/endpoint", "address_needed") from None
    written = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not (sound and written) or not (parts.scheme == "https" or (plain and parts.scheme == "http")):
        raise Invalid("/endpoint", "address_needed")
    try:
        public_key, secret = read(form.keys.p256dh), read(form.keys.auth)
    except ValueError:
        raise Invalid("/keys", "key_needed") from None
    if not is_point(public_key) or len(secret) != SECRET_BYTES:
        raise Invalid("/keys", "key_needed")
    return Subscription(endpoint, public_key, secret)
