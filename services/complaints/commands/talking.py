"""Words between the people concerned, and what is looked at or added along the way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.terms import (
    Audience,
)


@dataclass(frozen=True)
class SendMessage:
    """Say something; a party's word to the other side waits for the coordinator."""

    case_id: UUID
    message_id: UUID
    to: Audience
    text: str


@dataclass(frozen=True)
class ReleaseMessage:
    """Let a waiting message through."""

    case_id: UUID
    message_id: UUID


@dataclass(frozen=True)
class LogOccurrence:
    """It happened again; `evidence_ids` name files and readings of the same side that show it."""

    case_id: UUID
    note: str | None = None
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class RevealIdentity:
    """Look at a hidden name, with a reason that its owner will read."""

    case_id: UUID
    coordinator_id: UUID
    reason: str
