"""How the two sides spoke with each other, and what could not be found out. All of it stays inside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Finding, Side, Spoken


@dataclass(frozen=True)
class ExchangeLogged:
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True)
class InterestRestated:
    side: Side
    text: str


@dataclass(frozen=True)
class RestatementAnswered:
    """`side` is the one that had restated the other's interest."""

    side: Side
    party: UUID
    right: bool


@dataclass(frozen=True)
class FindingRecorded:
    finding: Finding
