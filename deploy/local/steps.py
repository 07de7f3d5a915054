"""The vocabulary of a plan: daemons that stay, tasks that finish, each after the steps it needs."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from deploy.local import children
from deploy.local.children import Spawn

Probe = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Launch:
    """One program as it is to be executed; `user` is the system user it must run as, if not ours."""

    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None


@dataclass(frozen=True)
class Daemon:
    """A program that stays up. `launch` also lays down the files it needs, and may run many times."""

    name: str
    launch: Callable[[], Awaitable[Launch]]
    ready: Probe
    after: tuple[str, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    patience_seconds: float = 120.0
    spawn: Spawn = children.spawn


@dataclass(frozen=True)
class Task:
    """Work that ends, run once while the system comes up; the supervisor keeps what it returns."""

    name: str
    run: Callable[[], Awaitable[object]]
    after: tuple[str, ...] = ()


Step = Daemon | Task
Plan = tuple[Step, ...]
