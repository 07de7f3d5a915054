"""A whole system of its own for the stories, in which their time can be set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.inside import kit_of
from cli.people import http_client
from cli.running import Running
from deploy.local.environment import operator_environment
from deploy.local.ports import free_ports
from deploy.local.system import LocalSystem
from tests.e2e.stories.stillness import stillness_of
from tests.e2e.stories.telling import Stage, Story, set_clock, when

BEFORE_ALL_STORIES = "2026-02-01 09:00"


@pytest.fixture(scope="session")
async def stage(shared_home: Path) -> AsyncIterator[Stage]:
    """The system, seeded before the first story begins."""
    home = shared_home / "stories"
    system = LocalSystem(home, free_ports())
    home.mkdir(parents=True, exist_ok=True)
    set_clock(system.clock_file, when(BEFORE_ALL_STORIES))
    async with system:
        where = Running(operator_environment(system.site))
        async with (
            kit_of("alliance", where) as kit,
            stillness_of(where, system.clock_file) as stillness,
            http_client(language="zh-CN") as http,
        ):
            yield Stage(where, system.clock_file, http, kit, stillness)


@pytest.fixture
def story(stage: Stage) -> Story:
    """A story that has not begun."""
    return Story(stage)
