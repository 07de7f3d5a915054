"""How often somebody may ask for something within an hour; nothing of who it was is kept."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from datetime import datetime

from shared.access.problem import TooManyRequests


class Hourly:
    """Counts by who asks, salted with a secret of this hour, which is never written down and then thrown away."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._hour = ""
        self._salt = b""
        self._spent: Counter[bytes] = Counter()

    def spend(self, who: str, now: datetime) -> None:
        """Once more. Raises TooManyRequests, until the hour is over."""
        hour = f"{now:%Y-%m-%dT%H}"
        if hour != self._hour:
            self._hour, self._salt, self._spent = hour, secrets.token_bytes(32), Counter()
        somebody = hmac.digest(self._salt, who.encode(), "sha256")
        if self._spent[somebody] >= self._most:
            raise TooManyRequests(3600 - now.minute * 60 - now.second)
        self._spent[somebody] += 1
