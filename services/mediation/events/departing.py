"""Parties left, and what became of what they had promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import Side


@dataclass(frozen=True)
class PartyDeparted:
    party: UUID
    on: date
    died: bool


@dataclass(frozen=True)
class SuccessorCame:
    member: UUID
    side: Side


@dataclass(frozen=True)
class DebtorLeft:
    """It stays owed on paper by whoever promised it, and is nobody else's."""

    commitment_id: UUID


@dataclass(frozen=True)
class CommitmentLapsed:
    """What a complainant promised was about living there, and ends with it."""

    commitment_id: UUID


@dataclass(frozen=True)
class MediationDeserted:
    """Nobody of a side is left to mediate with."""


@dataclass(frozen=True)
class AgreementEnded:
    """All that was left of it was released by those it was owed to."""


@dataclass(frozen=True)
class ReleaseAsked:
    """One of those it is owed to is asked; `release_id` is what their personal link stands for."""

    commitment_id: UUID
    party: UUID
    release_id: UUID
