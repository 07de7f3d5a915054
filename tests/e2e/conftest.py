"""The story of the main job, told once for all who look at it."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from cli.demo.telling import Told, tell, world_of
from cli.running import Running


@pytest.fixture(scope="session")
async def told(where: Running) -> Told:
    """The main job, told once; every answer on the way was checked."""
    async with world_of(where) as world:
        return await tell(world, step=lambda _: nullcontext())
