"""How the two sides spoke with each other (平等交流, 换位思考), and what could not be found out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state.matter import Side


@dataclass(frozen=True)
class Spoken:
    """How long a side had the word."""

    side: Side
    minutes: int


@dataclass(frozen=True)
class Restatement:
    """What a side said the other needs; right where somebody of the other side says so."""

    side: Side
    text: str
    answered_by: UUID | None = None
    right: bool | None = None


@dataclass(frozen=True)
class Finding:
    """A point that was looked into. Not established (未能查实) is nobody's refusal, and nobody's guilt."""

    point: str
    established: bool


@dataclass(frozen=True)
class Dialogue:
    """Of one session: the latest restatement of each side, every finding."""

    spoken: tuple[Spoken, ...] = ()
    restated: tuple[Restatement, ...] = ()
    findings: tuple[Finding, ...] = ()

    def restated_by(self, side: Side) -> Restatement | None:
        return next((one for one in self.restated if one.side == side), None)
