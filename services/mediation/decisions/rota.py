"""Whose turn it is: who was asked least of late, then who has waited longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Turn:
    """A mediator free of conflict, and how often (of late) and when (ever) they were asked."""

    mediator_id: UUID
    recent: int
    last_asked: datetime | None


def next_in_turn(turns: Iterable[Turn], *, passed: Iterable[UUID]) -> UUID | None:
    """The mediator to ask, or None when nobody is left. Equal turns go by id, so that any run can be replayed."""
    skipped = set(passed)
    waiting = [turn for turn in turns if turn.mediator_id not in skipped]
    first = min(
        waiting, key=lambda turn: (turn.recent, turn.last_asked or _NEVER, turn.mediator_id), default=None
    )
    return first.mediator_id if first else None
