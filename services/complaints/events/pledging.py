"""自愿承诺: offered, wanted or not; and what became of it, as of what both sides settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.commands import Entered
from services.complaints.terms import Side


@dataclass(frozen=True)
class PledgeOffered:
    on: date
    pledge_id: UUID
    party_id: UUID | None
    """None: a respondent without an account."""
    what: str
    due_on: date
    entered: Entered | None = None
    """That it was written down for whoever has no account."""


@dataclass(frozen=True)
class PledgeAnswered:
    on: date
    pledge_id: UUID
    pledge: Clock | None
    """The days until it is due; none where it is not wanted."""


@dataclass(frozen=True)
class PledgeProven:
    on: date
    pledge_id: UUID
    text: str
    confirm: Clock
    owed_by: Side | None = None
    """Of what both sides settled: whose promise it is."""
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class PledgeConfirmed:
    on: date
    pledge_id: UUID
    owed_by: Side | None = None


@dataclass(frozen=True)
class PledgeDisputed:
    on: date
    pledge_id: UUID
    reason: str
    pledge: Clock | None
    """Its days go on, where they are not over."""
    owed_by: Side | None = None


@dataclass(frozen=True)
class PledgeMissed:
    """Its day passed and nobody said that it is done: a fact, and nothing follows from it by itself.

    Of what both sides settled the coordinator may choose another path.
    """

    pledge_id: UUID
    owed_by: Side | None = None
