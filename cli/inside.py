"""Inside a service: what the command line does in its place, with its own wiring and settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module

import asyncpg

from cli.running import Running
from shared.access.door import Kit
from shared.access.tokens import TokenVerifier, keys_of
from shared.messaging.subscription import Subscription
from shared.persistence.database import Database, open_database
from shared.service import Service, make_kit
from shared.settings import ServiceSettings


def service(name: str) -> Service:
    """The wiring of a service, for what the command line does in its place."""
    found: Service = import_module(f"services.{name}.main").SERVICE
    return found


def settings_of(name: str, where: Running) -> ServiceSettings:
    """The settings its processes have."""
    fields = {key.removeprefix("SHANGJU_").lower(): value for key, value in where.environment.items()}
    return service(name).settings(**fields | {"database_url": where.database_url(name)})  # type: ignore[arg-type]


@asynccontextmanager
async def kit_of(name: str, where: Running) -> AsyncIterator[Kit]:
    """What the service's own code works with."""
    settings = settings_of(name, where)
    async with database_of(name, where) as database:
        yield Kit(database, settings.clock(), TokenVerifier(keys_of(where.api("alliance"))), settings)


async def subscriptions_of(name: str, where: Running) -> Sequence[Subscription]:
    """What its consumers read, by its own code; nothing is connected for it, so no handler may be called."""
    unopened = Database(asyncpg.create_pool(where.database_url(name)))
    return service(name).subscriptions(make_kit(settings_of(name, where), unopened))


@asynccontextmanager
async def database_of(name: str, where: Running) -> AsyncIterator[Database]:
    async with open_database(where.database_url(name), max_size=4) as database:
        yield database
