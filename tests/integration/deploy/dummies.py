"""Small processes and plans to try the supervisor on. As a script: `python dummies.py` runs such a plan."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from deploy.local.settings import LocalSettings
from deploy.local.site import Site
from deploy.local.steps import Daemon, Launch, Plan
from deploy.local.up import up

SLEEPER = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
NOTING = """
import signal, sys, time

def note(word):
    with open(sys.argv[1], "a") as file:
        file.write(f"{word} {sys.argv[2]}\\n")

def stop(*_):
    note("stop")
    sys.exit(0)

signal.signal(signal.SIGTERM, stop)
note("start")
time.sleep(600)
"""


def a_daemon(name: str, code: str = SLEEPER, *, after: tuple[str, ...] = (), ready: bool = True) -> Daemon:
    async def launch() -> Launch:
        return Launch((sys.executable, "-c", code))

    async def probe() -> bool:
        return ready

    return Daemon(name, launch, probe, after=after, patience_seconds=10)


def a_noting_daemon(home: Path, name: str, *, after: tuple[str, ...] = ()) -> Daemon:
    """Writes its start and its stop into one file; ready when its start stands there."""

    async def launch() -> Launch:
        return Launch((sys.executable, "-c", NOTING, str(home / "notes"), name))

    async def probe() -> bool:
        return f"start {name}" in notes(home)

    return Daemon(name, launch, probe, after=after)


def notes(home: Path) -> list[str]:
    path = home / "notes"
    return path.read_text().splitlines() if path.exists() else []


def dummy_plan(site: Site) -> Plan:
    return (
        a_noting_daemon(site.home, "base"),
        a_noting_daemon(site.home, "user", after=("base",)),
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(up(LocalSettings(), plan=dummy_plan)))
