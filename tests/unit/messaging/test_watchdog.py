"""When a process gives up."""

from __future__ import annotations

import pytest

from shared.messaging import watchdog
from shared.messaging.watchdog import STALLED, Watchdog


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(watchdog.time, "monotonic", lambda: now[0])
    return now


def test_a_stall_of_the_whole_patience_ends_the_process(clock: list[float]) -> None:
    exits: list[int] = []
    dog = Watchdog(60, exit=exits.append)
    for clock[0] in (1000.0, 1030.0, 1059.0):
        dog.probe(stalled=True, who="group")
    assert exits == []
    clock[0] = 1060.0
    dog.probe(stalled=True, who="group")
    assert exits == [STALLED]


def test_any_progress_starts_the_patience_anew(clock: list[float]) -> None:
    exits: list[int] = []
    dog = Watchdog(60, exit=exits.append)
    for clock[0], stalled in ((1000.0, True), (1059.0, False), (1061.0, True), (1120.0, True)):
        dog.probe(stalled=stalled, who="group")
    assert exits == []
