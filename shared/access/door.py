"""The HTTP door every service has: who asks, once only, problems in words, health, metrics, traces."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.telemetry import TelemetryConfig
from pydantic import TypeAdapter
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.access.actor import PUBLIC, Actor, Intent
from shared.access.bodies import LimitedBodies
from shared.access.problem import BadKey, NotSignedIn, Problems
from shared.access.tokens import BadToken, TokenVerifier
from shared.clock import Clock
from shared.observability.http import ObservedRequests
from shared.persistence import idempotency
from shared.persistence.database import Connection, Database, work_for, working_for_everybody
from shared.settings import ServiceSettings
from shared.texts import Language, Texts, negotiate


@dataclass(frozen=True)
class Kit:
    """What a service's endpoints work with; made in main.py, found at `request.app.state.kit`."""

    database: Database
    clock: Clock
    verifier: TokenVerifier
    settings: ServiceSettings


OBSERVED_BY_US: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
}
"""FastAPI's own spans name paths and its logs quote errors, which hold ids and people: ObservedRequests makes ours."""


def create_app(
    service: str,
    *,
    texts: Texts,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    routers: tuple[APIRouter, ...],
    streamed: str | None = None,
) -> FastAPI:
    """The service's app, with what all of them share."""
    app = FastAPI(
        title=f"Shangju {service}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        telemetry=OBSERVED_BY_US,
    )
    app.state.stopping = lambda: False
    Problems(texts).install(app)
    app.add_middleware(LimitedBodies, streamed=streamed)
    app.add_middleware(ObservedRequests, service=service)
    app.add_middleware(OneAtATime)
    for router in routers:
        app.include_router(router)
    return app


class OneAtATime:
    """ASGI middleware: for whom one request works, the next does not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with working_for_everybody():
            await self._app(scope, receive, send)


def kit_of(request: Request) -> Kit:
    """The wiring of the app that answers this request."""
    found: Kit = request.app.state.kit
    return found


async def _kit(request: Request) -> Kit:
    return kit_of(request)


async def current_actor(request: Request) -> Actor:
    """Who the bearer token speaks for. Raises NotSignedIn without one, BadToken for a bad one."""
    actor = await actor_or_public(request)
    if actor is PUBLIC:
        raise NotSignedIn
    return actor


async def actor_or_public(request: Request) -> Actor:
    """The same, where people who have not signed in are answered too."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return PUBLIC
    wiring = kit_of(request)
    actor = await wiring.verifier.actor(token, wiring.clock.now())
    work_for(actor.alliance_id)
    return actor


async def goes_on(request: Request) -> bool:
    """Whether an answer that takes long may go on: the token still counts, and the process is not told to stop."""
    if request.app.state.stopping():
        return False
    try:
        await current_actor(request)
    except (BadToken, httpx.HTTPError):
        return False
    return True


async def language(request: Request) -> Language:
    """The caller's language. Like all dependencies it is async: FastAPI sends the others to a thread."""
    return negotiate(request.headers.get("accept-language"))


async def intent_in(proof: str, wiring: Kit) -> Intent | None:
    """What it proves; None where it is not good, or no longer.

    Read before the transaction opens: keys may have to be fetched for it. See `intents.good`.
    """
    try:
        return await wiring.verifier.intent(proof, wiring.clock.now())
    except BadToken:
        return None


CurrentActor = Annotated[Actor, Depends(current_actor)]
CurrentLanguage = Annotated[Language, Depends(language)]
TheKit = Annotated[Kit, Depends(_kit)]


class Once:
    """A write that is done once for each Idempotency-Key, and answered alike each time."""

    def __init__(self, wiring: Kit, request: idempotency.Request) -> None:
        self._wiring = wiring
        self._request = request

    async def __call__(self, work: Callable[[Connection], Awaitable[Any]], *, status: int = 200) -> Response:
        """Does `work` in the transaction that also saves its answer, a pydantic model or dataclass."""

        async def answered(tx: Connection) -> idempotency.Answer:
            result = await work(tx)
            return idempotency.Answer(status, _adapter(type(result)).dump_json(result))

        answer = await idempotency.once(
            self._wiring.database, self._request, self._wiring.clock.now(), answered
        )
        headers = {"Idempotent-Replayed": "true"} if answer.replayed else None
        return Response(answer.body, answer.status, headers, "application/json")


def require_key(key: str | None) -> str:
    """Raises BadKey when there is no usable key."""
    if key is None or not 0 < len(key) <= 255 or not key.isprintable() or not key.isascii():
        raise BadKey
    return key


async def once_for(request: Request, principal: str, key: str | None) -> Once:
    """The guard for one request of `principal`. Raises BadKey when there is no usable key."""
    key = require_key(key)
    body = await request.body()
    fingerprint = hashlib.sha256(_canonical(body)).digest()
    route = f"{request.method} {request.url.path}"
    return Once(kit_of(request), idempotency.Request(principal, route, key, fingerprint))


async def _once_for_actor(
    request: Request, actor: CurrentActor, idempotency_key: Annotated[str | None, Header()] = None
) -> Once:
    return await once_for(request, str(actor.member_id), idempotency_key)


DoOnce = Annotated[Once, Depends(_once_for_actor)]


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """How answers of one type are written; made once, as making it costs more than the rest of a request."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _canonical(body: bytes) -> bytes:
    """The same JSON written otherwise is the same request."""
    try:
        return json.dumps(json.loads(body), sort_keys=True).encode()
    except (ValueError, RecursionError):
        return body
