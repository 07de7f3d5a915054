"""Children that are forked from a process which has imported their code, in the place of executed ones."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from deploy.local import children
from deploy.local.children import Child
from deploy.local.steps import Daemon, Launch

NOT_BORN = 0


class Forked:
    """One child, as far as a supervisor needs to know it."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.born: asyncio.Future[int] = loop.create_future()
        self.ended: asyncio.Future[int] = loop.create_future()

    @property
    def pid(self) -> int:
        return self.born.result()

    @property
    def returncode(self) -> int | None:
        return self.ended.result() if self.ended.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self.ended)

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


class Forkserver:
    """A daemon of the plan, and how the daemons after it are born: `Daemon(…, spawn=forkserver.spawn)`."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        self._modules = modules
        self._numbers = count()
        self._children: dict[int, Forked] = {}
        self._ready = asyncio.Event()
        self._orders: asyncio.StreamWriter
        self._listening: asyncio.Task[None]

    def daemon(self) -> Daemon:
        async def launch() -> Launch:
            return Launch((sys.executable, "-m", "deploy.local.forkserver"))

        async def has_imported() -> bool:
            return self._ready.is_set()

        return Daemon("forkserver", launch, has_imported, spawn=self._open)

    async def spawn(self, launch: Launch, *, log: Path, orphan_signal: signal.Signals) -> Child:
        """Forks `python -m MODULE …`; waits for a server that was lost and is being started again."""
        _, _, module, *arguments = launch.command
        order = {
            "module": module,
            "arguments": arguments,
            "environment": {**os.environ, **launch.environment},
            "log": str(log),
            "orphan_signal": orphan_signal,
        }
        while True:
            await self._ready.wait()
            child = Forked()
            number = next(self._numbers)
            self._children[number] = child
            self._orders.write(json.dumps(order | {"number": number}).encode() + b"\n")
            try:
                pid = await asyncio.shield(child.born)
            except asyncio.CancelledError:
                child.born.add_done_callback(_end)
                raise
            if pid != NOT_BORN:
                return child

    async def _open(self, launch: Launch, *, log: Path, orphan_signal: signal.Signals) -> Child:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            child = await children.spawn(
                Launch((*launch.command, str(number), *self._modules)),
                log=log,
                orphan_signal=orphan_signal,
                pass_fds=(number,),
            )
        reader, self._orders = await asyncio.open_unix_connection(sock=ours)
        self._listening = asyncio.create_task(self._listen(reader), name="hear the forkserver")
        return child

    async def _listen(self, words: asyncio.StreamReader) -> None:
        """Until the server is gone, and with it all that it was forked into."""
        with suppress(OSError):  # with orders unread it is gone by a reset
            async for line in words:
                self._hear(json.loads(line))
        self._ready.clear()
        while self._children:
            _, child = self._children.popitem()
            if child.born.done():
                child.ended.set_result(-signal.SIGKILL)
            else:
                child.born.set_result(NOT_BORN)

    def _hear(self, word: dict[str, int]) -> None:
        match word:
            case {"number": number, "pid": pid}:
                self._children[number].born.set_result(pid)
            case {"number": number, "code": code}:
                self._children.pop(number).ended.set_result(code)
            case _:
                self._ready.set()


def _end(born: asyncio.Future[int]) -> None:
    """Nobody waits any more for whom this order was."""
    if born.result() != NOT_BORN:
        with suppress(ProcessLookupError):
            os.kill(born.result(), signal.SIGKILL)
