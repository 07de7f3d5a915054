"""The HTTP door for administrators: in which groups those on duty are told. What opens a group is never shown again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from services.notifications import policy
from services.notifications.robots import storage
from services.notifications.robots.messages import Word
from services.notifications.robots.platforms import SIGNING, Line, Platform
from services.notifications.robots.sealing import seal
from services.notifications.robots.storage import Robot
from services.notifications.settings import Settings, settings_of
from shared.access.door import CurrentActor, DoOnce, TheKit
from shared.errors import Invalid, NotFound
from shared.ids import new_id
from shared.persistence.database import Connection
from shared.texts import Language

router = APIRouter()


class RobotForm(BaseModel):
    """A group's robot, with the address and the secret its platform shows."""

    model_config = ConfigDict(extra="forbid")

    platform: Platform
    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]+$")]
    url: Annotated[str, Field(max_length=500)]
    secret: Annotated[str, Field(max_length=200)] = ""
    language: Language = "zh-CN"


@dataclass(frozen=True)
class Robots:
    items: Sequence[Robot]


@router.get("/v1/robots")
async def list_robots(actor: CurrentActor, kit: TheKit) -> Robots:
    alliance_id, _ = policy.require_robots(actor)
    async with kit.database.reading() as connection:
        return Robots(await storage.robots_of(connection, alliance_id))


@router.post("/v1/robots", status_code=201, response_model=Robot)
async def register(form: RobotForm, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The group is told from now on."""
    alliance_id, member_id = policy.require_robots(actor)
    settings = settings_of(kit)
    line = _line_of(form, settings)

    async def work(tx: Connection) -> Robot:
        robot_id = new_id()
        return await storage.add_robot(
            tx,
            robot_id,
            alliance_id=alliance_id,
            platform=form.platform,
            name=form.name,
            language=form.language,
            sealed=seal(settings.link_secret.get_secret_value(), robot_id, line),
            by=member_id,
            now=kit.clock.now(),
        )

    return await once(work, status=201)


@router.post("/v1/robots/{id}/try", response_model=Robot)
async def say_something(id: UUID, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """A trial into the group; the list shows what came of it."""
    alliance_id, _ = policy.require_robots(actor)

    async def work(tx: Connection) -> Robot:
        robot = await storage.robot_of(tx, id, alliance_id=alliance_id)
        if robot.ended_at is not None:
            raise NotFound
        trial = Word(case_id=None, reference="", stage=None, urgent=True)
        await storage.add_word(
            tx, trial, alliance_id=alliance_id, event_id=new_id(), now=kit.clock.now(), robot_id=id
        )
        return robot

    return await once(work)


@router.post("/v1/robots/{id}/remove", response_model=Robot)
async def remove(id: UUID, actor: CurrentActor, kit: TheKit, once: DoOnce) -> Response:
    """The group is told nothing more; address and secret are forgotten."""
    alliance_id, _ = policy.require_robots(actor)

    async def work(tx: Connection) -> Robot:
        await storage.robot_of(tx, id, alliance_id=alliance_id)
        await storage.end_robot(tx, id, "removed", kit.clock.now())
        return await storage.robot_of(tx, id, alliance_id=alliance_id)

    return await once(work)


def _line_of(form: RobotForm, settings: Settings) -> Line:
    """Raises Invalid for an address that is not the platform's, and for a missing secret."""
    try:
        parts = urlsplit(form.url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Invalid("/url", "address_needed") from None
    known = settings.robot_addresses(form.platform)
    plain = settings.environment == "development" and parts.scheme == "http"
    sound = form.url.isascii() and form.url.isprintable() and " " not in form.url
    if not sound or parts.username or parts.fragment or not (plain or parts.scheme == "https"):
        raise Invalid("/url", "address_needed")
    if (host if port is None else f"{host}:{port}") not in known:
        raise Invalid("/url", "not_of_the_platform")
    if not form.secret.isprintable() or (form.platform in SIGNING and not form.secret):
        raise Invalid("/secret", "secret_needed")
    return Line(form.platform, form.url, form.secret)
