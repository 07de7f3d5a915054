"""What the mediator keeps of how the sides spoke with each other."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Side, Spoken


@dataclass(frozen=True)
class LogExchange:
    """How long each side spoke."""

    mediation_id: UUID
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class RestateInterest:
    """`side` said in its own words what the other needs."""

    mediation_id: UUID
    side: Side
    text: str


@dataclass(frozen=True)
class AnswerRestatement:
    """A party of the other side says whether that was right."""

    mediation_id: UUID
    party: UUID
    right: bool


@dataclass(frozen=True)
class RecordFinding:
    """A point was looked into, and was or was not established."""

    mediation_id: UUID
    point: str
    established: bool
