"""One-time codes: when one may be sent, when one is right, when one is dead.

The rules are the same for contacts nobody has: an outsider must not learn who lives here.
"""

from __future__ import annotations

import hmac
import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LIFE = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(minutes=1)
DAY = timedelta(days=1)
PER_DAY = 8
SIGNING_PER_DAY = 24
"""Several agreements may lie ready at once, and whoever signs is signed in and has only their own mail to fill."""


@dataclass(frozen=True)
class LiveCode:
    """A code that would still sign somebody in. The code itself is nowhere; `mac` is its keyed hash."""

    mac: bytes
    expires_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class CodeRecord:
    """What is remembered of one contact: when codes were sent in the last day, and the one that lives."""

    sent_at: tuple[datetime, ...] = ()
    live: LiveCode | None = None


def seconds_to_wait(record: CodeRecord, now: datetime, per_day: int = PER_DAY) -> int:
    """How long until a code may be sent to this contact; 0 when it may be now."""
    today = _today(record, now)
    free_again = [today[-1] + PAUSE] if today else []
    if len(today) >= per_day:
        free_again.append(today[-per_day] + DAY)
    return max(
        (math.ceil((moment - now).total_seconds()) for moment in free_again if moment > now), default=0
    )


def are_used_up(record: CodeRecord, now: datetime, per_day: int = PER_DAY) -> bool:
    """Whether it is the day's number that has to be waited for, and not the minute between two of them."""
    return len(_today(record, now)) >= per_day


def sent(record: CodeRecord, mac: bytes, now: datetime) -> CodeRecord:
    """A new code is on its way; the one before it is dead."""
    return CodeRecord((*_today(record, now), now), LiveCode(mac, now + LIFE))


def tried(record: CodeRecord, mac: bytes, now: datetime) -> tuple[CodeRecord, bool]:
    """The record after somebody gave a code, and whether it was right.

    A right code is used up. A wrong one counts, and the fifth kills the code.
    """
    live = record.live
    if live is None or now >= live.expires_at:
        return replace(record, live=None), False
    if hmac.compare_digest(live.mac, mac):
        return replace(record, live=None), True
    dead = live.tries + 1 >= TRIES
    return replace(record, live=None if dead else replace(live, tries=live.tries + 1)), False


def _today(record: CodeRecord, now: datetime) -> tuple[datetime, ...]:
    return tuple(moment for moment in record.sent_at if moment > now - DAY)
