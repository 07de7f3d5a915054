"""The wiring of the notifications service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from services.notifications import api, consumers, outgoing, own
from services.notifications.charters import CHARTERS
from services.notifications.live import Watch
from services.notifications.push import api as push_api
from services.notifications.quiet import are_sound
from services.notifications.robots import api as robots_api
from services.notifications.robots.sending import tell_groups
from services.notifications.settings import Settings
from services.notifications.webhooks import api as webhooks_api
from services.notifications.webhooks.sending import tell_platforms
from services.notifications.wording import TEXTS
from services.notifications.wordings import api as wordings_api
from shared.charter.door import rules_router
from shared.service import Service


@asynccontextmanager
async def _with_watch(app: FastAPI) -> AsyncIterator[None]:
    """One look at the inboxes for all who listen to this process."""
    app.state.watch = Watch(app.state.kit.database)
    yield


SERVICE = Service(
    name="notifications",
    settings=Settings,
    texts=TEXTS,
    routers=(
        APIRouter(lifespan=_with_watch),
        api.router,
        webhooks_api.router,
        robots_api.router,
        push_api.router,
        wordings_api.router,
        own.router,
        rules_router(CHARTERS, sound=are_sound),
    ),
    subscriptions=consumers.subscriptions,
    jobs=(
        outgoing.send_mails,
        outgoing.send_texts,
        outgoing.send_pushes,
        outgoing.settle_abandoned,
        tell_platforms,
        tell_groups,
    ),
)
