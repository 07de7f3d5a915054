"""The table for people, as README.md has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from services.notifications.rules.lines import When
from services.notifications.rules.table import LINES, SILENCES
from shared.contracts.envelope import Contract


def as_markdown() -> str:
    """The table for people."""
    return "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    yield "| service | event | only when | who is told | notice | naming |"
    yield "|---|---|---|---|---|---|"
    for line in LINES:
        naming = ", ".join(f"`{name}`" for name in line.dates)
        yield _row(*_event(line.event), _condition(line.when), line.audience, f"`{line.kind}`", naming)
    for silence in SILENCES:
        yield _row(*_event(silence.event), _condition(silence.when), "nobody", "–", silence.why)


def _event(event: type[Contract]) -> tuple[str, str]:
    return event.__module__.rpartition(".")[2], event.__name__


def _condition(when: When) -> str:
    return ", ".join(f"`{name}` {_values(values)}" for name, values in when.items())


def _values(values: Iterable[Any]) -> str:
    return " / ".join({True: "yes", False: "no"}.get(value, str(value)) for value in values)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
