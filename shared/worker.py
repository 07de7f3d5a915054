"""The worker process of a service: consumers, relay, timers and its own jobs, until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from fastapi import FastAPI

from shared.access.door import OBSERVED_BY_US, Kit
from shared.messaging import broker, dead_letters, retention
from shared.messaging.consumer import Consumer
from shared.messaging.login import login_of
from shared.messaging.relay import Relay
from shared.observability.health import health_routes
from shared.persistence import checkpoints, sealing, timers
from shared.persistence.database import UNAVAILABLE
from shared.persistence.idempotency import forget_old_answers
from shared.service import Service, begin, database_of, http_server, is_migrated, make_kit

log = structlog.get_logger()

PORT_STEP = 100
"""A worker's health and metrics are this many ports above its service's API."""

MEASURE_SECONDS = 5


async def serve_worker(service: Service) -> None:
    """Runs until a signal; ends with an error when a part of it fails, for the supervisor to restart."""
    settings = begin(service, "worker")
    async with database_of(settings) as database:
        kit = make_kit(settings, database)
        app = FastAPI(openapi_url=None, telemetry=OBSERVED_BY_US)
        checks = {
            "database_and_migrations": partial(is_migrated, database, service),
            "broker": partial(broker.answers, settings.kafka_bootstrap, login_of(settings)),
        }
        app.include_router(health_routes(checks))
        server = http_server(app, settings.http_host, settings.http_port + PORT_STEP)
        await _until_first_ends(server.serve(), *_endless(service, kit))


def _endless(service: Service, kit: Kit) -> list[Awaitable[None]]:
    subscriptions, login = service.subscriptions(kit), login_of(kit.settings)
    bootstrap, database_url = kit.settings.kafka_bootstrap, kit.settings.database_url.get_secret_value()
    work: list[Awaitable[None]] = [Relay(database_url=database_url, bootstrap=bootstrap, login=login).run()]
    work += [
        Consumer(subscription, bootstrap=bootstrap, database=kit.database, login=login).run()
        for subscription in subscriptions
    ]
    groups = [subscription.group for subscription in subscriptions]
    work.append(_measure(kit, groups))
    work.append(retention.run(kit.database, groups))
    work.append(forget_old_answers(kit.database, kit.clock))
    work += _sealing(service, kit)
    work += [job(kit) for job in service.jobs]
    if service.fire is not None:
        work.append(timers.run(kit.database, kit.clock, service.fire(kit)))
        work.append(timers.forget_fired(kit.database, kit.clock))
    return work


def _sealing(service: Service, kit: Kit) -> list[Awaitable[None]]:
    settings = kit.settings
    secret = settings.checkpoint_secret.get_secret_value()
    if not (secret and settings.checkpoint_store):
        log.warning("no_checkpoints", missing="SHANGJU_CHECKPOINT_SECRET or SHANGJU_CHECKPOINT_STORE")
        return []
    return [
        sealing.run(
            kit.database,
            kit.clock,
            service=service.name,
            key=checkpoints.key_of(secret),
            store=sealing.Store(settings.checkpoint_store),
            every_seconds=settings.checkpoint_seconds,
        )
    ]


async def _measure(kit: Kit, groups: Sequence[str]) -> None:
    """Reads from the database what operators watch of it, so that it is right after a restart too."""
    while True:
        with suppress(*UNAVAILABLE):
            async with kit.database.reading() as connection:
                await timers.measure(connection, kit.clock.now())
                await dead_letters.measure(connection, groups)
        await asyncio.sleep(MEASURE_SECONDS)


async def _until_first_ends(*work: Awaitable[Any]) -> None:
    """Runs all until the server stops on a signal or something fails; then stops the rest."""
    tasks = [asyncio.ensure_future(one) for one in work]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
