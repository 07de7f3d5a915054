"""议, 定, 办, 督: the path, the authority, the mediation, the commitments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.events.visiting import PlannedVisit
from services.complaints.terms import Path


@dataclass(frozen=True)
class CaseRouted:
    """`mediation` is a month that begins with it: of parties who came after an agreement of others."""

    path: Path
    mediation: Clock | None = None


@dataclass(frozen=True)
class MediationNoted:
    """`broken`: the promise whose day passed with nothing shown, or that was given up."""

    mediation_id: UUID
    step: str
    mediator_id: UUID | None
    broken: UUID | None = None


@dataclass(frozen=True)
class AgreementDrafted:
    mediation_id: UUID


@dataclass(frozen=True)
class AgreementTookEffect:
    mediation_id: UUID
    commitments: Clock


@dataclass(frozen=True)
class AgreementAmended:
    """`commitments` counts to the last day as it is now."""

    mediation_id: UUID
    commitments: Clock


@dataclass(frozen=True)
class SupervisionBegan:
    mediation_id: UUID


@dataclass(frozen=True)
class CommitmentsPerformed:
    on: date
    mediation_id: UUID
    visits: tuple[PlannedVisit, ...] = ()
    last_visit: Clock | None = None
    """Runs until the last of them, with which the parties are asked how it went; without it they are asked at once."""
    done_by: date | None = None
    """The day by which all was shown to be done, where that was before the last confirmation."""


@dataclass(frozen=True)
class MediationEnded:
    on: date
    how: Literal["mediation_refused", "mediation_failed", "parties_gone"]
    wishes_referral: bool = False
