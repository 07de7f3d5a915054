"""A town whose evidence lies in a folder the tests look into."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.complaints.town import Town, a_town


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
async def town(complaints_database: str, folder: Path) -> AsyncIterator[Town]:
    async with a_town(complaints_database, evidence_folder=folder) as town:
        yield town
