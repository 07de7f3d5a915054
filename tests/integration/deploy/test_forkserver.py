"""Service processes are forked from one that has imported their code: alike, and yet each for itself."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from deploy.local.forked import Forkserver
from deploy.local.problems import DidNotStart
from deploy.local.steps import Daemon, Launch
from deploy.local.supervised import Supervised, running

PROGRAM = "tests.integration.deploy.a_program"


def found(folder: Path, word: str, pid: int | None) -> dict[str, Any] | None:
    """What a life of this program noted of itself."""
    note = folder / f"{word}.{pid}.json"
    return json.loads(note.read_text()) if note.exists() else None


def is_gone(pid: int | None) -> bool:
    """Nothing of it runs: who adopts an orphan may take its time to bury it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
async def forkserver(tmp_path: Path) -> AsyncIterator[tuple[Forkserver, Supervised]]:
    forkserver = Forkserver(("colorsys",))
    async with running(forkserver.daemon(), logs=tmp_path) as process:
        yield forkserver, process


def a_program(forkserver: Forkserver, folder: Path, word: str) -> Daemon:
    async def launch() -> Launch:
        return Launch((sys.executable, "-m", PROGRAM, str(folder), word), {"TOLD": f"secret of {word}"})

    return Daemon(word, launch, partial(has_noted, folder, word), spawn=forkserver.spawn)


async def has_noted(folder: Path, word: str) -> bool:
    return any(name.startswith(f"{word}.") and name.endswith(".json") for name in os.listdir(folder))


@asynccontextmanager
async def both(forkserver: Forkserver, folder: Path) -> AsyncIterator[tuple[Supervised, Supervised]]:
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(running(a_program(forkserver, folder, word), logs=folder))
            for word in ("one", "other")
        ]
        yield one, other


async def test_a_forked_process_is_what_an_executed_one_is(
    forkserver: tuple[Forkserver, Supervised], tmp_path: Path
):
    async with both(forkserver[0], tmp_path) as (one, other):
        assert one.pid != other.pid
        assert found(tmp_path, "other", other.pid) == {
            "had_imported": True,
            "told": "secret of other",
            "session": True,
            "name": f"{PROGRAM} {tmp_path} other",
            "takes_children_as_usual": True,
            "held": [],
        }
        pid = one.pid
    assert (tmp_path / "one.log").read_text() == "a word for the log of one\n"
    assert is_gone(pid)


async def test_one_dies_alone_and_is_started_again(forkserver: tuple[Forkserver, Supervised], tmp_path: Path):
    async with both(forkserver[0], tmp_path) as (one, other):
        beside, killed = other.pid, one.kill()

        await until(lambda: one.pid != killed and found(tmp_path, "one", one.pid))

        assert is_gone(killed)
        assert other.pid == beside


async def test_whoever_cannot_start_is_given_up_with_its_last_words(
    forkserver: tuple[Forkserver, Supervised], tmp_path: Path
):
    async def never() -> bool:
        return False

    daemon = replace(a_program(forkserver[0], tmp_path, "exits"), ready=never)

    with pytest.raises(DidNotStart) as problem:
        async with running(daemon, logs=tmp_path):
            pass

    assert "exits did not start: ended with exit code 1" in str(problem.value)
    assert "no such table: exits" in str(problem.value)


async def test_with_the_server_goes_what_it_was_forked_into_and_all_comes_back(
    forkserver: tuple[Forkserver, Supervised], tmp_path: Path
):
    async with both(forkserver[0], tmp_path) as (one, other):
        before = {one.pid, other.pid}

        killed = forkserver[1].kill(signal.SIGKILL)
        await until(
            lambda: all(
                each.pid not in before and found(tmp_path, each.name, each.pid) for each in (one, other)
            )
        )

        assert forkserver[1].pid != killed
        assert all(is_gone(pid) for pid in before)


async def test_a_start_that_is_given_up_while_it_is_forked_leaves_nothing_and_disturbs_nobody(
    forkserver: tuple[Forkserver, Supervised], tmp_path: Path
):
    async with both(forkserver[0], tmp_path) as (one, other):
        with hung(forkserver[1]):
            given_up = Supervised(a_program(forkserver[0], tmp_path, "unwanted"), logs=tmp_path, say=print)
            starting = asyncio.create_task(given_up.start())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            starting.cancel()
            await given_up.stop()

        killed = one.kill()
        await until(lambda: one.pid != killed and found(tmp_path, "one", one.pid))

        await until(lambda: {process.pid for process in children_of(forkserver[1])} == {one.pid, other.pid})


async def test_a_server_that_is_gone_with_an_order_unread_is_started_again_and_the_order_is_done(
    forkserver: tuple[Forkserver, Supervised], tmp_path: Path
):
    late = Supervised(a_program(forkserver[0], tmp_path, "late"), logs=tmp_path, say=print)
    with hung(forkserver[1]):
        starting = asyncio.create_task(late.start())
        await asyncio.sleep(0.2)
        forkserver[1].kill(signal.SIGKILL)

    await asyncio.wait_for(starting, 60)

    assert found(tmp_path, "late", late.pid)
    await late.stop()


@contextmanager
def hung(process: Supervised) -> Iterator[None]:
    pid = process.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def children_of(process: Supervised) -> list[psutil.Process]:
    living = psutil.Process(process.pid).children()
    return [child for child in living if child.status() != psutil.STATUS_ZOMBIE]


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
