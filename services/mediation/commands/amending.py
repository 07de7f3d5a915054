"""What was promised is changed by everybody's consent, or by the side it is owed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import Promise


@dataclass(frozen=True)
class ProposeAmendment:
    """New promises in the place of some of the old, to be signed and marked like an agreement."""

    mediation_id: UUID
    agreement_id: UUID
    terms: str
    replaces: tuple[UUID, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class DeclineAmendment:
    """A party does not want it; what was agreed stays as it is."""

    mediation_id: UUID
    party: UUID


@dataclass(frozen=True)
class GrantDay:
    """The side it is owed to agrees to a later day."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
    until: date


@dataclass(frozen=True)
class WaiveCommitment:
    """The side it is owed to asks for it no longer."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID


@dataclass(frozen=True)
class MarkImpossible:
    """It cannot be done, whoever wanted it to be: a permission refused, a wall that must stay."""

    mediation_id: UUID
    commitment_id: UUID
    reason: str


@dataclass(frozen=True)
class DeclinePerformance:
    """Whoever promised says that they will not do it."""

    mediation_id: UUID
    commitment_id: UUID
    party: UUID
