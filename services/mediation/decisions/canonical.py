"""The words a signature stands under, as they are hashed. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.mediation.state import Content

_OF_STEPS_ALONE = "step_of"


def words_of(content: Content) -> dict[str, Any]:
    """A promise that is no step has no word of it: what was signed before there were steps keeps its hash."""
    return asdict(content, dict_factory=_without_absent_steps)


def _without_absent_steps(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name != _OF_STEPS_ALONE or value is not None}
