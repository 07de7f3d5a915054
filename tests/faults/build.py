"""A process of a service that dies at a named point when it is told to.

`python -m tests.faults.build complaints worker` in the place of `python -m services.complaints worker`.

The runner lays a file named after the point into the folder `SHANGJU_FAULT_POINTS`; the first process that comes by
takes it away and is gone, as by SIGKILL from outside.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.persistence.database import Connection, Database
from shared.service import main

POINTS = Path(os.environ.get("SHANGJU_FAULT_POINTS", "/nonexistent"))

SENT = "relay: between send and mark"
COMMITTED = "consumer: between commit and offset"
WRITTEN = "anybody: right before commit"
ANSWERED = "anybody: right after commit"
NAMES = (SENT, COMMITTED, WRITTEN, ANSWERED)


def pass_by(point: str) -> None:
    """Dies here if the runner has chosen this point."""
    try:
        (POINTS / point).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


async def _after_send() -> None:
    pass_by(SENT)


def _lay_points() -> None:
    commit, transaction = Consumer._commit, Database.transaction

    async def commit_offsets(consumer: Consumer, offsets: Any) -> None:
        if any(offsets.values()):
            pass_by(COMMITTED)
        await commit(consumer, offsets)

    @asynccontextmanager
    async def in_transaction(database: Database) -> AsyncIterator[Connection]:
        async with transaction(database) as connection:
            yield connection
            pass_by(WRITTEN)
        pass_by(ANSWERED)

    Relay.__init__.__kwdefaults__["after_send"] = _after_send
    Consumer._commit = commit_offsets  # type: ignore[method-assign]
    Database.transaction = in_transaction  # type: ignore[method-assign]


if __name__ == "__main__":
    service = sys.argv.pop(1)
    _lay_points()
    main(import_module(f"services.{service}.main").SERVICE)
