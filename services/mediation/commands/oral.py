"""What was agreed on the spot: opened, recorded by the mediator, its wording agreed to or disputed, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state import Conflict, OralPromise, Party

Said = Literal["confirmed", "disputed"]


@dataclass(frozen=True)
class OpenOral:
    """All was agreed before anybody could be asked; the mediator who was there is named."""

    mediation_id: UUID
    case_id: UUID
    alliance_id: UUID
    reference: str
    place_id: UUID | None
    category: str
    parties: tuple[Party, ...]
    agreement_id: UUID
    mediator_id: UUID
    captain_id: UUID
    spoken_for: UUID
    talked_at: datetime
    agreed_at: datetime
    promises: tuple[OralPromise, ...]


@dataclass(frozen=True)
class Wording:
    """The words of one promise."""

    commitment_id: UUID
    what: str
    measure: str


@dataclass(frozen=True)
class RecordOral:
    """The mediator records what was agreed; again, where a party disputed the words."""

    mediation_id: UUID
    agreement_id: UUID
    terms: str
    wording: tuple[Wording, ...]
    conflicts: frozenset[Conflict]


@dataclass(frozen=True)
class AcceptWording:
    """A party says that these are the words agreed."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID


@dataclass(frozen=True)
class DisputeWording:
    """A party says that these are not."""

    mediation_id: UUID
    agreement_id: UUID
    party: UUID
    reason: str


@dataclass(frozen=True)
class PassOnCourtRequest:
    """A party who cannot write asked by word of mouth for judicial confirmation; who heard it enters it."""

    mediation_id: UUID
    agreement_id: UUID
    by: UUID
    told_on: date


@dataclass(frozen=True)
class PassOnWord:
    """What a party without an account said of a commitment, passed on by who heard it. It stays that party's word."""

    mediation_id: UUID
    commitment_id: UUID
    by: UUID
    said: Said
    told_on: date
    words: str | None = None
