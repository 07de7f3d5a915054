"""Whose turn it is: who suits best, then who was asked least of late, then who has waited longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Turn:
    """A mediator free of conflict, and how often (of late) and when (ever) they were asked.

    `fit` is what profile.py makes of the languages and topic asked for; who is `full` leads enough already.
    """

    mediator_id: UUID
    recent: int
    last_asked: datetime | None
    fit: tuple[int, int] = (0, 0)
    full: bool = False


def in_order(turns: Iterable[Turn]) -> list[Turn]:
    """As they are listed and asked. Equal turns go by id, so that any run can be replayed."""
    return sorted(turns, key=_place)


def next_in_turn(turns: Iterable[Turn], *, passed: Iterable[UUID]) -> UUID | None:
    """The mediator to ask, or None when nobody is left."""
    skipped = set(passed)
    waiting = (turn for turn in in_order(turns) if turn.mediator_id not in skipped and not turn.full)
    first = next(waiting, None)
    return first.mediator_id if first else None


def _place(turn: Turn) -> tuple[object, ...]:
    languages, topic = turn.fit
    return turn.full, -languages, -topic, turn.recent, turn.last_asked or _NEVER, turn.mediator_id
