"""Words that are waited for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Reminder


@dataclass(frozen=True)
class WordAwaited:
    """These were reminded of a word that they owe."""

    reminder: Reminder
    by: tuple[UUID, ...]
