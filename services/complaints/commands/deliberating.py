"""议: the path, and what another authority or the mediation tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.complaints.terms import Path


@dataclass(frozen=True)
class RouteCase:
    """Choose the path on which the matter is deliberated."""

    case_id: UUID
    path: Path


@dataclass(frozen=True)
class NoteMediation:
    """Something happened in the mediation that leaves the case at its stage."""

    case_id: UUID
    mediation_id: UUID
    step: str
    mediator_id: UUID | None = None


@dataclass(frozen=True)
class NoteDraft:
    """An agreement lies ready to be signed; of a group each for whom others speak is asked until that day."""

    case_id: UUID
    mediation_id: UUID
    group_until: date | None = None


@dataclass(frozen=True)
class NoteEffect:
    """The agreement is in force."""

    case_id: UUID
    mediation_id: UUID
    effective_on: date
    last_due_on: date


@dataclass(frozen=True)
class NoteAmendment:
    """What was agreed was changed by everybody's consent; the last day may be another."""

    case_id: UUID
    mediation_id: UUID
    last_due_on: date


@dataclass(frozen=True)
class NoteCommitment:
    """A commitment was proven, fell due, was given up, or its debtor left: from here on the other side looks.

    `broken` is the one whose day passed with nothing shown, or that was given up.
    """

    case_id: UUID
    mediation_id: UUID
    step: Literal["commitment_proven", "commitment_due", "performance_declined", "debtor_left"]
    broken: UUID | None = None
    evidence_ids: tuple[UUID, ...] = ()
    """Of a commitment that was proven: what of the case's evidence was named to show it."""
    shown_by: tuple[UUID, ...] | None = None
    """As which parties whoever named it stands in the case; none for the mediator, who states what was seen."""


@dataclass(frozen=True)
class NotePerformance:
    """Every commitment is confirmed, as of that day where it is known only now, and was done by `done_by`."""

    case_id: UUID
    mediation_id: UUID
    confirmed_on: date | None = None
    done_by: date | None = None


@dataclass(frozen=True)
class NoteMediationEnd:
    """The mediation ended without agreement."""

    case_id: UUID
    mediation_id: UUID
    how: Literal["mediation_refused", "mediation_failed", "parties_gone"]
    wishes_referral: bool = False
    """Those who came to the session wish that an authority takes it up."""
