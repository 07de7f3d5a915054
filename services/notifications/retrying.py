"""How long somebody who is asked too much wants to be left alone, as HTTP says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = timedelta(days=1)


def wait_of(retry_after: str | None, now: datetime) -> timedelta | None:
    """How long to wait as the header says, in seconds or as a date (RFC 9110, 10.2.3); a day at most."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return min(timedelta(seconds=int(retry_after[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    wait = moment.replace(tzinfo=moment.tzinfo or UTC) - now
    return max(timedelta(), min(wait, LONGEST_WAIT))
