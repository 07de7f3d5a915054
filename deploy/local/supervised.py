"""One daemon kept alive: started, probed, started again with growing pauses when it dies, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local import children
from deploy.local.children import Child
from deploy.local.problems import DidNotStart, NotRunning
from deploy.local.steps import Daemon

Say = Callable[[str], None]
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0
SETTLED_SECONDS = 60.0
PROBE_SECONDS = 0.1
DEATHS_BEFORE_READY = 3


class Backoff:
    """0.5 s doubling to 15 s; a life of a minute makes the next pause short again."""

    def __init__(self) -> None:
        self._next = FIRST_PAUSE_SECONDS

    def pause(self, *, lived_seconds: float) -> float:
        if lived_seconds >= SETTLED_SECONDS:
            self._next = FIRST_PAUSE_SECONDS
        pause = self._next
        self._next = min(pause * 2, LONGEST_PAUSE_SECONDS)
        return pause


class Supervised:
    def __init__(self, daemon: Daemon, *, logs: Path, say: Say) -> None:
        self.daemon = daemon
        self.log = (logs / f"{daemon.name}.log").absolute()
        self._say = say
        self._child: Child | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._proven = False

    @property
    def name(self) -> str:
        return self.daemon.name

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while none lives."""
        alive = self._child is not None and self._child.returncode is None
        return self._child.pid if alive and self._child else None

    @property
    def is_ready(self) -> bool:
        return self._ready.is_set()

    async def start(self) -> None:
        """Return when it is ready; raise DidNotStart when it dies three times or takes too long."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        children.rotate(self.log)
        self._proven = False
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self.name}")
        await self.until_ready()

    async def until_ready(self) -> None:
        """Wait until the probe answers, also after a restart that the supervisor makes by itself."""
        keeper, patience = self._current_keeper(), self.daemon.patience_seconds
        waiting = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait({waiting, keeper}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if keeper.done():
            keeper.result()
        if not self.is_ready:
            raise DidNotStart(self.name, f"not ready within {patience:.0f} s", self.log)

    async def stop(self) -> None:
        """End it for good (or until `start`): ask with its stop signal, kill after the grace."""
        await self._give_up_keeping()
        if self._child is not None:
            await children.end(self._child, stop_signal=self.daemon.stop_signal)

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Strike the process itself, as a crash would; the keeper starts it again. Returns the struck pid."""
        pid = self.pid
        if pid is None:
            raise NotRunning(self.name)
        self._ready.clear()
        os.kill(pid, how)
        return pid

    def kill_group(self) -> None:
        """Kill it and all it started, without waiting: the second Ctrl-C."""
        if self._child is not None:
            children.kill_group(self._child)

    async def until_given_up(self) -> None:
        """Return never, or raise what made keeping it alive impossible."""
        await asyncio.shield(self._current_keeper())

    def _current_keeper(self) -> asyncio.Task[None]:
        if self._keeper is None:
            raise NotRunning(self.name)
        return self._keeper

    async def _give_up_keeping(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)

    async def _keep(self) -> None:
        backoff, deaths = Backoff(), 0
        while True:
            born = time.monotonic()
            ending = await self._live()
            deaths += 1
            if not self._proven and deaths == DEATHS_BEFORE_READY:
                raise DidNotStart(self.name, ending, self.log)
            pause = backoff.pause(lived_seconds=time.monotonic() - born)
            self._say(f"  {self.name} {ending}; starting it again in {pause:g} s (see {self.log})")
            await asyncio.sleep(pause)

    async def _live(self) -> str:
        """One life, from launch to the words for its end."""
        launch = await self.daemon.launch()
        self._child = await self.daemon.spawn(launch, log=self.log, orphan_signal=self.daemon.orphan_signal)
        probing = asyncio.create_task(self._probe())
        try:
            return _ending(await self._child.wait())
        finally:
            probing.cancel()
            self._ready.clear()

    async def _probe(self) -> None:
        while True:
            if await self.daemon.ready():
                self._proven = True
                self._ready.set()
                return
            await asyncio.sleep(PROBE_SECONDS)


def _ending(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


@asynccontextmanager
async def running(daemon: Daemon, *, logs: Path, say: Say = lambda _: None) -> AsyncIterator[Supervised]:
    """A daemon for the length of a block."""
    process = Supervised(daemon, logs=logs, say=say)
    try:
        await process.start()
        yield process
    finally:
        await process.stop()
