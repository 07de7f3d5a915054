"""How long is waited."""

from __future__ import annotations

from shared.messaging.backoff import backoff


def test_waits_grow_scatter_and_stay_below_the_cap() -> None:
    for failures in range(2000):
        wait = backoff(failures, first_seconds=0.1, cap_seconds=30)
        full = min(30, 0.1 * 2 ** min(failures, 20))
        assert full / 2 <= wait <= full
