"""Words that are waited for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Reminder


@dataclass(frozen=True)
class RemindOfWord:
    """Somebody may still owe a word."""

    mediation_id: UUID
    reminder: Reminder
