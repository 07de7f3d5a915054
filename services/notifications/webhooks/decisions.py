"""What becomes of a message to a platform, and of the platform that wants no more. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.notifications.commands import No, NotYet, Yes
from services.notifications.decisions import GIVEN_UP_AFTER, RETRY_AFTER

GONE = "http_410"
"""The reason that ends not only the message: its receiver wants nothing more, ever."""

BOTH_SECRETS = timedelta(hours=24)
"""For how long after a rotation the secret before it still signs too."""


@dataclass(frozen=True)
class Again:
    """To be tried again then."""

    due_at: datetime
    reason: str


@dataclass(frozen=True)
class Over:
    """What came of it."""

    accepted: bool
    reason: str = ""


def outcome(answer: Yes | NotYet | No, *, attempt: int, queued_at: datetime, now: datetime) -> Again | Over:
    """At least once: until it is taken, it is tried for as long as a mail is."""
    match answer:
        case Yes():
            return Over(accepted=True)
        case No():
            return Over(accepted=False, reason=answer.reason)
        case NotYet() if now - queued_at >= GIVEN_UP_AFTER:
            return Over(accepted=False, reason="gave_up")
        case NotYet():
            wait = RETRY_AFTER[min(attempt, len(RETRY_AFTER)) - 1]
            return Again(now + max(wait, answer.wait or wait), answer.reason)


def signing_generations(generation: int, rotated_at: datetime | None, now: datetime) -> list[int]:
    """Which secrets sign now: the newest, and for a day the one before it."""
    if rotated_at is None or now - rotated_at >= BOTH_SECRETS:
        return [generation]
    return [generation, generation - 1]
