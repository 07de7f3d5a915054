from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from deploy.local.postgres import Postgres
from shared.persistence.migrate import migrate
from tests.integration.complaints.town import Town, a_town


@pytest.fixture(scope="session")
async def complaints_database(postgres: Postgres) -> str:
    url = await postgres.create_database("complaints_tests")
    await migrate("complaints", url)
    return url


@pytest.fixture
async def town(complaints_database: str) -> AsyncIterator[Town]:
    async with a_town(complaints_database) as town:
        yield town
