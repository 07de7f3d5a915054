"""A group's agreement: what each said to it, and what was said of its keeping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class DraftAnswered:
    """`proven_at` as of an agreement's signature, where it was a yes."""

    member: UUID
    agrees: bool
    content_hash: str
    at: datetime
    proven_at: datetime | None = None


@dataclass(frozen=True)
class CommitmentAffirmed:
    """By one of those who speak for the group; with the last one's word its members' days to object begin."""

    commitment_id: UUID
    party: UUID
    on: date
    objections_until: date | None


@dataclass(frozen=True)
class CommitmentObjected:
    commitment_id: UUID
    member: UUID
    reason: str


@dataclass(frozen=True)
class ObjectionWithdrawn:
    commitment_id: UUID
    member: UUID
