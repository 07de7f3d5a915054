"""Durations as people type them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cli.clock import duration
from cli.running import NotHere


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("8d", timedelta(days=8)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("90m", timedelta(minutes=90)),
        ("2w", timedelta(weeks=2)),
        ("1d1d", timedelta(days=2)),
        ("0s", timedelta()),
    ],
)
def test_given_a_duration_when_read_then_it_is_what_was_meant(text: str, meant: timedelta) -> None:
    assert duration(text) == meant


@pytest.mark.parametrize("text", ["", "8", "d", "-1d", "1.5d", "8 d", "1y", "8dx"])
def test_given_no_duration_when_read_then_it_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotHere, match="no duration"):
        duration(text)
