"""Ends a process that looks alive and does nothing, so that the supervisor starts a fresh one.

aiokafka can stall after a broker restart without any sign of it (aiokafka #1154, #1017); only a lack of
progress shows it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()

STALLED = 75
"""EX_TEMPFAIL: start me again."""

Exit = Callable[[int], None]


@dataclass
class Watchdog:
    """Told at every probe whether there is work that could be done and is not."""

    patience_seconds: float = 60
    exit: Exit = os._exit
    _still_since: float | None = None

    def probe(self, *, stalled: bool, who: str) -> None:
        """Exits when every probe of the last `patience_seconds` was `stalled`."""
        if not stalled:
            self._still_since = None
            return
        now = time.monotonic()
        self._still_since = self._still_since or now
        if now - self._still_since >= self.patience_seconds:
            self.give_up("no_progress", who=who)

    def give_up(self, why: str, **fields: str) -> None:
        """Ends the process without any clean-up that a stalled client could hold up; SIGKILL is as safe."""
        log.critical("giving_up", why=why, **fields)
        self.exit(STALLED)
