"""Child processes that never outlive us: started in a group of their own and bound to our life."""

from __future__ import annotations

import asyncio
import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from deploy.local.problems import StepFailed
from deploy.local.settings import ROOT

if TYPE_CHECKING:
    from deploy.local.steps import Launch

LOG_LIMIT_BYTES = 10_000_000
GRACE_SECONDS = 10.0
LAST_WORDS = 2000
PR_SET_PDEATHSIG = 1


class Child(Protocol):
    """What a supervisor needs to know of a process that it keeps."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    async def wait(self) -> int: ...

    def send_signal(self, signal: int, /) -> None: ...


class Spawn(Protocol):
    """How a child comes to be; its words go into the log, and the signal ends it should we be gone."""

    async def __call__(self, launch: Launch, *, log: Path, orphan_signal: signal.Signals) -> Child: ...


async def spawn(
    launch: Launch, *, log: Path, orphan_signal: signal.Signals, pass_fds: Sequence[int] = ()
) -> Child:
    with log.open("ab") as output:
        return await _execute(launch, output, output, orphan_signal, pass_fds)


async def output_of(launch: Launch, *, name: str) -> str:
    """Run a program to its end and return what it printed; raises StepFailed with its last words."""
    child = await _execute(launch, asyncio.subprocess.PIPE, asyncio.subprocess.PIPE, signal.SIGKILL)
    try:
        output, errors = await child.communicate()
    finally:
        kill_group(child)
    if child.returncode != 0:
        raise StepFailed(name, (errors or output).decode(errors="replace").strip()[-LAST_WORDS:])
    return output.decode(errors="replace")


async def _execute(
    launch: Launch,
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
    orphan_signal: signal.Signals,
    pass_fds: Sequence[int] = (),
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *launch.command,
        env={**os.environ, **launch.environment},
        cwd="/" if launch.user else ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        pass_fds=pass_fds,
        preexec_fn=_in_child(launch.user, orphan_signal),
    )


def _in_child(user: str | None, orphan_signal: signal.Signals) -> Callable[[], None]:
    """Runs between fork and exec: everything it needs is looked up here, before the fork."""
    account = pwd.getpwnam(user) if user else None
    bind = binding_to(os.getpid(), orphan_signal)

    def become_the_child() -> None:
        if account is not None:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
        bind()

    return become_the_child


def binding_to(parent: int, orphan_signal: signal.Signals) -> Callable[[], None]:
    """What a child calls so that the signal reaches it as soon as its parent is gone, or has gone already."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def bind() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(orphan_signal))
            if os.getppid() != parent:
                os._exit(1)

    return bind


async def end(child: Child, *, stop_signal: signal.Signals) -> None:
    """Ask, wait out the grace, then kill; whatever the child started itself goes with it."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.send_signal(stop_signal)
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_SECONDS):
                await child.wait()
    kill_group(child)
    await child.wait()


def kill_group(child: Child) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
