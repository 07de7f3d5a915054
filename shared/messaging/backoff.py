"""How long to wait before trying again."""

from __future__ import annotations

import random


def backoff(failures: int, *, first_seconds: float, cap_seconds: float) -> float:
    """Twice as long after each failure up to the cap, scattered so that members do not knock together."""
    full: float = min(cap_seconds, first_seconds * 2 ** min(failures, 30))
    return full * random.uniform(0.5, 1)  # noqa: S311
