"""No pattern takes the square of what it reads: a page of one character would stop a process."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import services
import shared

ATOMS = ("一", "1", "十", "a", "字", "a.", "a@", "-", " ", "/", "\n")
"""Said over and over they are the worst that a run of one kind can be."""
SHORT, TIMES = 500, 4
NOTICEABLE_SECONDS = 0.002


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of ours that a module holds. Those of forms are pydantic's, which never goes back."""
    for package in (services, shared):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{found.name}.{name}", value


def is_square(pattern: re.Pattern[str], atom: str) -> bool:
    long = seconds(pattern, atom * SHORT * TIMES)
    return long > NOTICEABLE_SECONDS and long > TIMES * 2 * seconds(pattern, atom * SHORT)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Of this thread alone, the least of three: what else the machine does is no part of it."""

    def once() -> float:
        began = time.thread_time()
        for _ in pattern.finditer(text):
            pass
        return time.thread_time() - began

    return min(once() for _ in range(3))


def test_given_one_character_over_and_over_when_searched_then_four_times_as_much_takes_four_times_as_long():
    slow = []
    for name, pattern in patterns():
        for atom in ATOMS:
            if is_square(pattern, atom):
                slow.append(f"{name} on {atom!r}")

    assert slow == []


@pytest.mark.parametrize("quadratic", [r"[一二三]+(?=号)", r"[\w.+-]+@"])
def test_a_pattern_that_goes_back_would_be_seen(quadratic: str):
    assert is_square(re.compile(quadratic), "一")
