"""What is wrong with a form shown again, and the ways that lead to it from above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """What stands beside a field, and what the field is called."""

    label: str
    error: str


@dataclass
class Marks:
    """The marked fields of one page in the order they are drawn, by the id that leads to each."""

    drawn: dict[str, Mark] = field(default_factory=dict)

    def add(self, at: str, label: str, error: str) -> None:
        """A template draws what is wrong with the field that `at` leads to."""
        self.drawn[at] = Mark(label, error)

    def elsewhere(self, errors: Mapping[str, str]) -> list[str]:
        """What is wrong and stands beside no field of the page."""
        beside = {mark.error for mark in self.drawn.values()}
        return [error for error in errors.values() if error not in beside]
