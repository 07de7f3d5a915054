"""The only wiring of the portal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import APIRouter, FastAPI

from services.portal import pages, proxy, steps
from services.portal.gateway import Gateway
from services.portal.rendering import TEXTS
from services.portal.settings import Settings
from shared.access.door import Kit
from shared.service import Service

SERVICES_TIMEOUT = httpx.Timeout(15, connect=2)


@asynccontextmanager
async def _with_gateway(app: FastAPI) -> AsyncIterator[None]:
    """One pool of connections to the services for pages and proxy, as long as the process serves."""
    kit: Kit = app.state.kit
    assert isinstance(kit.settings, Settings)  # noqa: S101
    async with httpx.AsyncClient(timeout=SERVICES_TIMEOUT, trust_env=False) as client:
        app.state.gateway = Gateway(client, kit.settings.addresses)
        yield


SERVICE = Service(
    name="portal",
    settings=Settings,
    texts=TEXTS,
    streamed=f"{proxy.UPLOADS}|{steps.UPLOADS}",
    routers=(APIRouter(lifespan=_with_gateway), proxy.router, pages.router),
)
