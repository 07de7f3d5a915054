"""Further parties: added, served with a notice of their own, and heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.terms import AnswerKind, Basis, Capacity, Service, Side


@dataclass(frozen=True)
class PartyAdded:
    on: date
    party_id: UUID
    side: Side
    capacity: Capacity
    basis: Basis | None = None
    fact: str | None = None
    """What was established, in the coordinator's words and for them."""


@dataclass(frozen=True)
class PartyServed:
    party_id: UUID
    how: Service
    answer: Clock


@dataclass(frozen=True)
class PartyAnswered:
    on: date
    party_id: UUID
    kind: AnswerKind
    text: str
