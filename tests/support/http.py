"""A service's HTTP door without a port: `async with client_of(SERVICE, settings) as client: …`.

    settings = settings_for(Settings, database_url)
    async with client_of(SERVICE, settings, clock=clock) as client:
        answer = await client.as_(an_actor("coordinator")).post("/v1/cases/…/accept", json={…})

Every write gets an Idempotency-Key of its own; `key=` names one, `key=None` sends none.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import uvicorn
from fastapi import FastAPI

from deploy.local.ports import free_port
from shared.access.actor import PUBLIC, Actor
from shared.access.door import Kit
from shared.access.tokens import TokenVerifier
from shared.clock import Clock
from shared.service import Service, api_app, http_server
from shared.settings import ServiceSettings
from tests.support.tokens import token_for, verifier

S = TypeVar("S", bound=ServiceSettings)
_OWN_KEY = object()


class SetClock:
    """A clock that stands until the test moves it."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by


def settings_for(settings: type[S], database_url: str, **more: Any) -> S:
    """The service's settings for a test: its own database, nobody else reachable, `more` on top."""
    common = {
        "environment": "development",
        "kafka_bootstrap": "127.0.0.1:1",
        "alliance_url": "http://alliance.invalid",
        "link_secret": "tests-link-secret",
        "http_port": 0,
    }
    return settings(**{**common, "database_url": database_url, **more})


class Client:
    """Asks a service as one actor; `as_` gives the same for another."""

    def __init__(self, http: httpx.AsyncClient, app: FastAPI, actor: Actor = PUBLIC) -> None:
        self.http = http
        self.app = app
        self.actor = actor

    @property
    def kit(self) -> Kit:
        kit: Kit = self.app.state.kit
        return kit

    def as_(self, actor: Actor) -> Client:
        return Client(self.http, self.app, actor)

    @property
    def headers(self) -> dict[str, str]:
        """What a signed-in caller sends: a token good for ten minutes from now."""
        if self.actor is PUBLIC:
            return {}
        return {"Authorization": f"Bearer {token_for(self.actor, now=self.kit.clock.now())}"}

    async def get(self, path: str, **request: Any) -> httpx.Response:
        return await self._send("GET", path, {}, **request)

    async def post(self, path: str, *, key: Any = _OWN_KEY, **request: Any) -> httpx.Response:
        return await self._send("POST", path, _key_header(key), **request)

    async def put(self, path: str, *, key: Any = _OWN_KEY, **request: Any) -> httpx.Response:
        return await self._send("PUT", path, _key_header(key), **request)

    async def _send(
        self,
        method: str,
        path: str,
        own: dict[str, str],
        *,
        headers: dict[str, str] | None = None,
        **request: Any,
    ) -> httpx.Response:
        sent = self.headers | own | (headers or {})
        return await self.http.request(method, path, headers=sent, **request)


def _key_header(key: Any) -> dict[str, str]:
    if key is None:
        return {}
    return {"Idempotency-Key": uuid4().hex if key is _OWN_KEY else key}


@dataclass(frozen=True)
class Served:
    """A service on a port of its own, for answers that go on while they are read."""

    client: Client
    server: uvicorn.Server

    def stop(self) -> None:
        """What SIGTERM does; who is being answered is waited for."""
        self.server.should_exit = True


@asynccontextmanager
async def served(app: FastAPI, *, clock: Clock) -> AsyncIterator[Served]:
    """The same as `client_of`, over a socket."""
    port = free_port()
    server = http_server(app, "127.0.0.1", port)
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.01)
        app.state.kit = replace(app.state.kit, clock=clock, verifier=verifier())
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            yield Served(Client(http, app), server)
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def client_of(
    service: Service,
    settings: ServiceSettings,
    *,
    clock: Clock | None = None,
    tokens: TokenVerifier | None = None,
    address: str = "127.0.0.1",
) -> AsyncIterator[Client]:
    """The service as it runs, trusting the tests' key unless `tokens` says otherwise.

    An error nobody handled is answered (500), as it would be over a socket.
    """
    async with _running(service, settings) as running:
        kit = running.kit
        running.app.state.kit = replace(kit, clock=clock or kit.clock, verifier=tokens or verifier())
        transport = httpx.ASGITransport(running.app, raise_app_exceptions=False, client=(address, 50000))
        async with httpx.AsyncClient(transport=transport, base_url="http://service.test") as http:
            yield Client(http, running.app)


@dataclass(frozen=True)
class _Running:
    """A service that has started, as it was told."""

    settings: ServiceSettings
    app: FastAPI
    kit: Kit
    lifetime: AsyncExitStack


_idle: defaultdict[str, list[_Running]] = defaultdict(list)


@asynccontextmanager
async def _running(service: Service, settings: ServiceSettings) -> AsyncIterator[_Running]:
    """One that answers nobody else meanwhile.

    Most tests would take less time than building its routes, or getting to know its database, anew.
    """
    idle = _idle[service.name]
    alike = [one for one in idle if one.settings == settings]
    taken = (alike or idle or [None])[0]
    if taken is not None:
        idle.remove(taken)
    if not alike:
        taken = await _started(service, settings, taken)
    try:
        yield taken
    finally:
        idle.append(taken)


async def _started(service: Service, settings: ServiceSettings, other: _Running | None) -> _Running:
    """Anew, where `other` was told something else."""
    if other is not None:
        await other.lifetime.aclose()
    app = api_app(service, settings) if other is None else other.app
    app.state.settings = settings
    lifetime = AsyncExitStack()
    await lifetime.enter_async_context(app.router.lifespan_context(app))
    return _Running(settings, app, app.state.kit, lifetime)


async def end_the_idle() -> None:
    """Before their database goes."""
    for one in [one for idle in _idle.values() for one in idle]:
        await one.lifetime.aclose()
    _idle.clear()
