"""Brings a plan up, each step as soon as what it needs stands; takes it down the other way round."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from deploy.local.problems import LocalProblem, StepFailed
from deploy.local.steps import Daemon, Plan, Step, Task
from deploy.local.supervised import Say, Supervised


class Supervisor:
    def __init__(self, plan: Plan, *, logs: Path, say: Say) -> None:
        self._plan = plan
        self._logs = logs
        self._say = say
        self.processes = {
            step.name: Supervised(step, logs=logs, say=say) for step in plan if isinstance(step, Daemon)
        }
        self.results: dict[str, object] = {}

    async def up(self) -> None:
        """Return when every daemon is ready and every task done; raise the first problem."""
        needs = {step.name: step.after for step in self._plan}
        try:
            await self._in_order(needs, self._bring_up)
        except* LocalProblem as problems:
            raise _first(problems) from None

    async def down(self) -> None:
        """Stop what runs, users before what they use."""
        users = {
            step.name: tuple(other.name for other in self._plan if step.name in other.after)
            for step in self._plan
        }
        await self._in_order(users, self._take_down)

    def kill(self) -> None:
        """End everything now."""
        for process in self.processes.values():
            process.kill_group()

    async def until_given_up(self) -> None:
        """Return never while all can be kept alive; raise the problem of the first that cannot."""
        keepers = [asyncio.create_task(process.until_given_up()) for process in self.processes.values()]
        try:
            await asyncio.gather(*keepers)
        finally:
            for keeper in keepers:
                keeper.cancel()

    async def _in_order(
        self, needs: dict[str, tuple[str, ...]], act: Callable[[Step], Awaitable[None]]
    ) -> None:
        """Act on every step at once, each waiting for those it needs."""
        done = {name: asyncio.Event() for name in needs}

        async def take_turn(step: Step) -> None:
            for name in needs[step.name]:
                await done[name].wait()
            await act(step)
            done[step.name].set()

        async with asyncio.TaskGroup() as group:
            for step in self._plan:
                group.create_task(take_turn(step))

    async def _bring_up(self, step: Step) -> None:
        began = time.monotonic()
        match step:
            case Daemon():
                await self.processes[step.name].start()
                word = "ready"
            case Task():
                self.results[step.name] = await self._run(step)
                word = "done"
        self._say(f"  {step.name:<24} {word} in {time.monotonic() - began:.1f} s")

    async def _run(self, task: Task) -> object:
        """Whatever a task raises is a sentence for the person; the traceback goes to a log beside the others."""
        try:
            return await task.run()
        except LocalProblem:
            raise
        except Exception as error:
            self._logs.mkdir(parents=True, exist_ok=True)
            log = self._logs / f"{task.name}.log"
            log.write_text(traceback.format_exc())
            raise StepFailed(task.name, f"{type(error).__name__}: {error} (see {log})") from error

    async def _take_down(self, step: Step) -> None:
        if isinstance(step, Daemon):
            await self.processes[step.name].stop()


def _first(problems: BaseExceptionGroup[LocalProblem]) -> LocalProblem:
    inner = problems.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
