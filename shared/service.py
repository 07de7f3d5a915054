"""What a service process is: `python -m services.<name> api` and `… worker`, wired alike everywhere."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
import uvicorn
import uvloop
from fastapi import APIRouter, FastAPI

from shared.access.door import Kit, create_app
from shared.access.tokens import TokenVerifier, keys_of
from shared.observability import logs, traces
from shared.observability.health import health_routes
from shared.persistence import timers
from shared.persistence.database import Database, open_database
from shared.persistence.migrate import directories, is_current
from shared.settings import ServiceSettings
from shared.texts import Texts

if TYPE_CHECKING:
    from shared.messaging.subscription import Subscription

log = structlog.get_logger()

Job = Callable[[Kit], Awaitable[None]]


@dataclass(frozen=True)
class Service:
    """All that differs between the services' processes. Each service's main.py holds one."""

    name: str
    settings: type[ServiceSettings]
    texts: Texts
    routers: tuple[APIRouter, ...]
    subscriptions: Callable[[Kit], Sequence[Subscription]] = lambda _: ()
    fire: Callable[[Kit], timers.Fire] | None = None
    streamed: str | None = None
    """A pattern of paths whose endpoints count their bodies themselves, while they arrive."""
    jobs: tuple[Job, ...] = ()
    """Further work of the worker that runs for ever, e.g. handing mails to SMTP."""


def main(service: Service) -> None:
    """The process named on the command line, `api` or `worker`, until it is told to stop."""
    match sys.argv[1:]:
        case ["api"]:
            process = _serve_api(service)
        case ["worker"]:
            from shared.worker import serve_worker

            process = serve_worker(service)
        case _:
            sys.exit(f"usage: python -m services.{service.name} api|worker")
    uvloop.run(process)


async def _serve_api(service: Service) -> None:
    settings = begin(service, "api")
    app = api_app(service, settings)
    await http_server(app, settings.http_host, settings.http_port).serve()


def api_app(service: Service, settings: ServiceSettings) -> FastAPI:
    """The service's HTTP door; also what OpenAPI is generated from."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        told: ServiceSettings = app.state.settings
        async with database_of(told) as db:
            app.state.kit = make_kit(told, db)
            yield

    async def migrated() -> bool:
        kit: Kit = app.state.kit
        return await is_migrated(kit.database, service)

    app = create_app(
        service.name,
        texts=service.texts,
        lifespan=lifespan,
        streamed=service.streamed,
        routers=(health_routes({"database_and_migrations": migrated}), *service.routers),
    )
    app.state.settings = settings
    return app


def begin(service: Service, process: str) -> ServiceSettings:
    """Settings read, logs and traces set up: the first act of every process."""
    settings = service.settings()  # the environment fills the fields
    logs.configure(service=service.name, process=process)
    traces.configure(service=service.name, process=process, otlp_endpoint=settings.otlp_endpoint)
    log.info("starting", settings=settings.model_dump(mode="json"))
    return settings


def database_of(settings: ServiceSettings) -> AbstractAsyncContextManager[Database]:
    """The service's own database, as its settings name it."""
    return open_database(settings.database_url.get_secret_value(), max_size=settings.database_pool)


def make_kit(settings: ServiceSettings, database: Database) -> Kit:
    """What the doors of both processes work with."""
    return Kit(database, settings.clock(), TokenVerifier(keys_of(settings.alliance_url)), settings)


async def is_migrated(database: Database, service: Service) -> bool:
    """Whether the database answers and its tables are those this code expects."""
    async with database.reading() as connection:
        return await is_current(connection, directories(service.name))


def http_server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    """The server of both processes; it stops in good order on SIGTERM, and tells the answers that go on."""
    server = uvicorn.Server(
        uvicorn.Config(
            app, host=host, port=port, log_config=None, server_header=False, timeout_graceful_shutdown=10
        )
    )
    app.state.stopping = lambda: server.should_exit
    return server
