from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from deploy.local.children import GRACE_SECONDS
from deploy.local.problems import DidNotStart, StepFailed
from deploy.local.steps import Task
from deploy.local.supervised import Supervised, running
from deploy.local.supervisor import Supervisor

from .dummies import STUBBORN, a_daemon, a_noting_daemon, notes


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_process_that_dies_is_started_again_after_growing_pauses(tmp_path: Path):
    said: list[str] = []
    async with running(a_daemon("brittle"), logs=tmp_path, say=said.append) as process:
        for _ in range(2):
            killed = process.kill()
            await process.until_ready()
            assert process.pid != killed

    assert said == [
        f"  brittle was ended by SIGKILL; starting it again in {pause} s (see {tmp_path / 'brittle.log'})"
        for pause in ("0.5", "1")
    ]


async def test_a_process_that_cannot_start_is_given_up_with_its_last_words(tmp_path: Path):
    daemon = a_daemon("broken", "import sys; sys.exit('no such table: cases')", ready=False)

    with pytest.raises(DidNotStart) as problem:
        async with running(daemon, logs=tmp_path):
            pass

    assert "broken did not start: ended with exit code 1" in str(problem.value)
    assert "no such table: cases" in str(problem.value)


async def test_a_process_that_ignores_the_stop_signal_is_killed_after_the_grace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert GRACE_SECONDS == 10
    monkeypatch.setattr("deploy.local.children.GRACE_SECONDS", 0.3)
    process = Supervised(a_daemon("stubborn", STUBBORN), logs=tmp_path, say=print)
    await process.start()
    pid = process.pid
    assert pid is not None
    await asyncio.sleep(0.3)

    await process.stop()

    assert not lives(pid)


async def test_steps_start_after_what_they_need_and_stop_before_it(tmp_path: Path):
    async def between() -> str:
        assert notes(tmp_path) == ["start base"]
        return "tables made"

    supervisor = Supervisor(
        (
            a_noting_daemon(tmp_path, "base"),
            Task("tables", between, after=("base",)),
            a_noting_daemon(tmp_path, "user", after=("tables",)),
        ),
        logs=tmp_path,
        say=print,
    )

    await supervisor.up()
    await supervisor.down()

    assert notes(tmp_path) == ["start base", "start user", "stop user", "stop base"]
    assert supervisor.results["tables"] == "tables made"


async def test_a_failed_task_is_said_in_a_sentence_and_its_traceback_kept(tmp_path: Path):
    async def fail() -> None:
        raise ValueError("no such column: stage")

    supervisor = Supervisor(
        (a_daemon("base"), Task("migrate", fail, after=("base",))), logs=tmp_path, say=print
    )
    try:
        with pytest.raises(StepFailed) as problem:
            await supervisor.up()
    finally:
        await supervisor.down()

    log = tmp_path / "migrate.log"
    assert str(problem.value) == f"migrate failed: ValueError: no such column: stage (see {log})"
    assert "Traceback" in log.read_text()
    assert supervisor.processes["base"].pid is None


async def test_a_stopped_process_stays_down_until_it_is_started(tmp_path: Path):
    async with running(a_daemon("base"), logs=tmp_path) as process:
        await process.stop()
        await asyncio.sleep(0.7)
        assert process.pid is None

        await process.start()
        assert process.pid is not None
