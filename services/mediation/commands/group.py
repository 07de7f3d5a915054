"""A group's agreement: put to each of those who complain together, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.access.actor import Intent


@dataclass(frozen=True)
class AnswerDraft:
    """One of them says yes or no to the content that has this hash, for themselves alone; a yes binds them."""

    mediation_id: UUID
    agreement_id: UUID
    member: UUID
    content_hash: str
    agrees: bool
    intent: Intent | None = None


@dataclass(frozen=True)
class LetStand:
    """The days in which they may object to a confirmation of those who speak for them may be over."""

    mediation_id: UUID
    commitment_id: UUID
