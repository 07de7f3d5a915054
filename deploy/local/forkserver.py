"""One process that has imported our code and is forked into each process of a service.

Nine processes that import alike hold the same 80 MB nine times over and spend more than a processor second each
on it; forked, they share what they never write to. Each is a process of its own as before and dies alone.

`python -m deploy.local.forkserver FD MODULE…` reads an order per line from the socket and tells, a line each, what
was born and how it ended. It goes when the socket closes, and what it was forked into goes with it.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from setproctitle import setproctitle

from deploy.local.children import binding_to

Order = dict[str, Any]
"""`number`, `module`, `arguments`, `environment`, `log` (a path), `orphan_signal`."""


def serve(line: socket.socket, modules: Sequence[str]) -> Order | None:
    """Returns None when the socket closes; and once more in every child, with what it is to be."""
    numbers: dict[int, int] = {}

    def say(**word: int) -> None:
        line.sendall(json.dumps(word).encode() + b"\n")

    def tell_the_ended(*_: object) -> None:
        for pid, status in _ended():
            say(number=numbers.pop(pid), code=os.waitstatus_to_exitcode(status))

    for module in modules:
        import_module(module)
    gc.collect()
    gc.freeze()  # a collection in a child would write to every page that it looks at
    signal.signal(signal.SIGCHLD, tell_the_ended)
    say()
    for words in line.makefile():
        order: Order = json.loads(words)
        parent = os.getpid()
        with _held(signal.SIGCHLD):
            pid = os.fork()
            if pid:
                numbers[pid] = order["number"]
                say(number=order["number"], pid=pid)
        if not pid:
            line.close()
            _become(order, parent)
            return order
    return None


def _ended() -> Iterator[tuple[int, int]]:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        yield pid, status


@contextmanager
def _held(number: signal.Signals) -> Iterator[None]:
    """A child may end before it is known; its end is told afterwards."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})


def _become(order: Order, parent: int) -> None:
    """As if executed: a session, a log, an environment and a name of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    binding_to(parent, signal.Signals(order["orphan_signal"]))()
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    os.close(log)
    setproctitle(" ".join((order["module"], *order["arguments"])))
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv[1:] = order["arguments"]


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as told:
        life = serve(told, sys.argv[2:])
    if life is not None:
        runpy.run_module(life["module"], run_name="__main__", alter_sys=True)
