from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from deploy.local.postgres import Postgres
from services.portal.main import SERVICE
from services.portal.settings import Settings
from shared.persistence.migrate import migrate
from tests.integration.portal.browser import Browser, Shown
from tests.integration.portal.double import Double, running_double
from tests.integration.portal.town import describe_town, granted
from tests.support.http import Client, SetClock, client_of, settings_for


@pytest.fixture(scope="session")
async def running_services() -> AsyncIterator[Double]:
    async with running_double() as double:
        yield double


@pytest.fixture
def services(running_services: Double) -> Iterator[Double]:
    """The four services, answering as in a quiet town."""
    describe_town(running_services)
    yield running_services
    running_services.forget()


@pytest.fixture(scope="session")
async def portal_database(postgres: Postgres) -> str:
    url = await postgres.create_database("portal_tests")
    await migrate("portal", url)
    return url


@dataclass
class Portal:
    """The portal and one browser in front of it."""

    client: Client
    browser: Browser
    clock: SetClock
    services: Double

    async def sign_in(self, *roles: str, back: str = "/cases") -> Shown:
        self.services.says("POST /alliance/v1/sign-in/tokens", granted(*roles, now=self.clock.now()))
        first = await self.browser.open(f"/sign-in?back={back}")
        second = await self.browser.follow(
            await self.browser.send(first, "/sign-in", contact="lin@shanbei.example")
        )
        return await self.browser.send(second, "/sign-in/code", code="123 456")


@pytest.fixture
async def portal(portal_database: str, services: Double) -> AsyncIterator[Portal]:
    settings = settings_for(Settings, portal_database, **services.addresses)
    clock = SetClock()
    async with client_of(SERVICE, settings, clock=clock) as client:
        client.http.headers["accept-language"] = "en"
        yield Portal(client, Browser(client.http), clock, services)
