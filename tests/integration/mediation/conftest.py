"""The mediation service on a real PostgreSQL, told of a neighbourhood as Kafka would tell it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from deploy.local.postgres import Postgres
from services.mediation.main import SERVICE
from services.mediation.settings import Settings
from shared.persistence.migrate import migrate
from tests.integration.mediation.neighbourhood import Neighbourhood
from tests.support.http import Client, SetClock, client_of, settings_for

FRIDAY_NOON = datetime(2026, 3, 20, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
async def mediation_url(postgres: Postgres) -> str:
    url = await postgres.create_database(f"mediation_{uuid4().hex[:8]}")
    await migrate("mediation", url)
    return url


@pytest.fixture
def clock() -> SetClock:
    """Friday 2026-03-20 12:00 in Shanghai, until the test moves it."""
    return SetClock(FRIDAY_NOON)


@pytest.fixture
async def client(mediation_url: str, clock: SetClock) -> AsyncIterator[Client]:
    settings = settings_for(Settings, mediation_url, database_pool=20)
    async with client_of(SERVICE, settings, clock=clock) as opened:
        yield opened


@pytest.fixture
async def hill(client: Client, clock: SetClock) -> Neighbourhood:
    """山北 in an alliance of its own: a resident, a bar, two mediators from outside, a coordinator, one room."""
    hill = Neighbourhood(client, clock)
    await hill.settle()
    return hill
