"""What was agreed on the spot: opened, recorded by the mediator, its wording agreed to or disputed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mediation.state import Content, Held, Matter


@dataclass(frozen=True)
class OralAgreementOpened:
    """Held before it was entered, and in force once it is recorded."""

    matter: Matter
    held: Held


@dataclass(frozen=True)
class OralAgreementRecorded:
    content: Content
    mediator: UUID
    at: datetime
    again: bool = False


@dataclass(frozen=True)
class WordingAccepted:
    party: UUID


@dataclass(frozen=True)
class WordingDisputed:
    party: UUID
    reason: str
