"""How much goes out by one channel: so many at once, and so many a minute, as its other side can take."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

MINUTE_SECONDS = 60.0


@dataclass(frozen=True)
class Pace:
    """`per_minute` of nought is as many as the other side takes; both are of one worker."""

    lanes: int
    per_minute: int


class Minute:
    """What was taken in the last minute, and whether it has room for one more. Seconds are the machine's."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[float] = deque()

    def has_room(self, now: float) -> bool:
        while self._taken and now - self._taken[0] >= MINUTE_SECONDS:
            self._taken.popleft()
        return self._most == 0 or len(self._taken) < self._most

    def take(self, now: float) -> None:
        """One more is on its way, whatever comes of it."""
        if self._most:
            self._taken.append(now)
