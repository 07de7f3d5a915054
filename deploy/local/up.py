"""`shangju up`: the system in the foreground until Ctrl-C."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from deploy.local.plan import whole_plan
from deploy.local.problems import LocalProblem
from deploy.local.settings import LocalSettings
from deploy.local.site import Site
from deploy.local.steps import Plan
from deploy.local.system import LocalSystem

say = partial(print, flush=True)
TALKATIVE_LIBRARIES = ("aiokafka", "pogo_core")


async def up(settings: LocalSettings, *, plan: Callable[[Site], Plan] = whole_plan) -> int:
    """Start all, say so, stay, stop all; returns the exit code. The first Ctrl-C stops, the second kills."""
    quieten_libraries()
    system = LocalSystem(settings.home, settings.ports, plan=plan, say=say)
    interrupted = _interrupted(system)
    say(f"shangju starts in {settings.home}")
    try:
        await _until_first(_serve(system), interrupted.wait())
    except LocalProblem as problem:
        print(f"shangju: {problem}", file=sys.stderr, flush=True)
        return 1
    finally:
        await system.stop()
    say("shangju has stopped")
    return 0


def quieten_libraries() -> None:
    """What they would say on a terminal is said by us, or is nobody's concern there."""
    for library in TALKATIVE_LIBRARIES:
        logging.getLogger(library).setLevel(logging.CRITICAL)


async def _serve(system: LocalSystem) -> None:
    await system.start()
    say(f"\nshangju is ready: {system.url('portal')}\n")
    say(f"Mails are shown at {system.mailbox_url}, logs lie in {system.site.logs}; Ctrl-C stops it.")
    say(system.sign_in_words)
    await system.until_given_up()


def _interrupted(system: LocalSystem) -> asyncio.Event:
    interrupted = asyncio.Event()

    def interrupt() -> None:
        if interrupted.is_set():
            system.kill()
        else:
            say("\nshangju stops (Ctrl-C again to stop it the hard way)")
            interrupted.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, interrupt)
    return interrupted


async def _until_first(*work: Coroutine[Any, Any, object]) -> None:
    """Whatever ends first ends the rest; its problem is ours."""
    tasks = [asyncio.create_task(one) for one in work]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
