"""The only wiring of the portal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import APIRouter, FastAPI

from services.portal import pages, proxy, steps
from services.portal.gateway import Gateway
from services.portal.pages import filing
from services.portal.rendering import TEXTS
from services.portal.settings import Settings
from shared.access.door import Kit
from shared.service import Service
from shared.trust import authorities

SERVICES_TIMEOUT = httpx.Timeout(15, connect=5)
STREAMS_TIMEOUT = httpx.Timeout(45, connect=5)
"""A stream says every 15 seconds that it is still there."""

STREAMS = httpx.Limits(max_connections=1000)


@asynccontextmanager
async def _with_gateway(app: FastAPI) -> AsyncIterator[None]:
    """One pool of connections to the services for pages and proxy, and one for what pages that stay open listen to."""
    kit: Kit = app.state.kit
    assert isinstance(kit.settings, Settings)  # noqa: S101
    async with (
        httpx.AsyncClient(timeout=SERVICES_TIMEOUT, trust_env=False, verify=authorities()) as client,
        httpx.AsyncClient(
            timeout=STREAMS_TIMEOUT, limits=STREAMS, trust_env=False, verify=authorities()
        ) as listener,
    ):
        app.state.gateway = Gateway(client, kit.settings.addresses, listener)
        yield


SERVICE = Service(
    name="portal",
    settings=Settings,
    texts=TEXTS,
    streamed=f"{proxy.UPLOADS}|{steps.UPLOADS}|{filing.UPLOADS}",
    routers=(APIRouter(lifespan=_with_gateway), proxy.router, pages.router),
)
