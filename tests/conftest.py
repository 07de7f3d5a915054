"""What the test run shares: one real PostgreSQL, Kafka and mailbox, each started when first asked for."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from cli.demo.telling import Told, tell, world_of
from cli.running import Running
from deploy.local.environment import operator_environment
from deploy.local.home import short_home
from deploy.local.kafka import Kafka
from deploy.local.mailbox import Mailbox
from deploy.local.ports import free_port, free_ports
from deploy.local.postgres import Postgres
from deploy.local.supervised import running
from deploy.local.system import LocalSystem
from shared.observability import logs
from tests.support.http import end_the_idle
from tests.support.leaks import Collector, collecting

settings.register_profile("gate", deadline=None)  # a busy machine is no counterexample
settings.load_profile("gate")
logs.configure(service="tests", process="tests")


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home for a test that starts its own system."""
    with short_home() as folder:
        yield folder


@pytest.fixture(scope="session")
def shared_home() -> Iterator[Path]:
    with short_home() as folder:
        yield folder


@pytest.fixture(scope="session")
async def postgres(shared_home: Path) -> AsyncIterator[Postgres]:
    """`await postgres.create_database("name")` returns the URL of an empty database."""
    server = Postgres(shared_home, port=free_port())
    thrown_away = replace(server.daemon(), stop_signal=signal.SIGQUIT)
    async with running(thrown_away, logs=shared_home / "logs"):
        yield server
        await end_the_idle()


@pytest.fixture(scope="session")
async def kafka(shared_home: Path) -> AsyncIterator[str]:
    """The bootstrap address; give topics and groups names of your own."""
    broker = Kafka(shared_home, port=free_port(), controller_port=free_port())
    async with running(broker.daemon(), logs=shared_home / "logs"):
        yield broker.bootstrap


@pytest.fixture(scope="session")
async def mailbox(shared_home: Path) -> AsyncIterator[Mailbox]:
    """Takes mails at `smtp_host`:`smtp_port` and shows them under `url`; address your recipients uniquely."""
    box = Mailbox(shared_home, smtp_port=free_port(), http_port=free_port())
    async with running(box.daemon(), logs=shared_home / "logs"):
        yield box


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    """Where the system's processes send their spans."""
    with collecting() as taking:
        yield taking


@pytest.fixture(scope="session")
async def system(shared_home: Path, collector: Collector) -> AsyncIterator[LocalSystem]:
    """Everything `make run` starts, seeded."""
    async with AsyncExitStack() as stack:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SHANGJU_OTLP_ENDPOINT", collector.url)
            running = await stack.enter_async_context(LocalSystem(shared_home / "whole", free_ports()))
        yield running


@pytest.fixture(scope="session")
def where(system: LocalSystem) -> Running:
    """What the command line knows of it."""
    return Running(operator_environment(system.site))


@pytest.fixture(scope="session")
async def told(where: Running) -> Told:
    """The main job, told once; every answer on the way was checked."""
    async with world_of(where) as world:
        return await tell(world, step=lambda _: nullcontext())
