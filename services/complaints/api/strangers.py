"""How many complaints one place on the network may file without sign-in; nothing of the address is kept."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from datetime import datetime

from shared.access.problem import TooManyRequests

PER_HOUR = 20


class Strangers:
    """Counts by the address salted with a secret of this hour, which is never written down and then thrown away."""

    def __init__(self) -> None:
        self._hour = ""
        self._salt = b""
        self._spent: Counter[bytes] = Counter()

    def spend(self, address: str, now: datetime) -> None:
        """One more filing from there. Raises TooManyRequests."""
        hour = f"{now:%Y-%m-%dT%H}"
        if hour != self._hour:
            self._hour, self._salt, self._spent = hour, secrets.token_bytes(32), Counter()
        network = hmac.digest(self._salt, address.encode(), "sha256")
        if self._spent[network] >= PER_HOUR:
            raise TooManyRequests(3600 - now.minute * 60 - now.second)
        self._spent[network] += 1


STRANGERS = Strangers()
