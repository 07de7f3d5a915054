"""Words between the people concerned, and what was looked at or added along the way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.terms import (
    Audience,
    Role,
)


@dataclass(frozen=True)
class MessageSent:
    message_id: UUID
    sender: Role
    to: Audience
    text: str
    held: bool


@dataclass(frozen=True)
class MessageReleased:
    message_id: UUID
    sender: Role
    to: Audience


@dataclass(frozen=True)
class OccurrenceLogged:
    note: str | None
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class IdentityRevealed:
    coordinator_id: UUID
    reason: str
