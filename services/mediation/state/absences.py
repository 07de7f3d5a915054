"""Who did not come, and what the side that did may choose when it happens again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.mediation.state.matter import Side

DefaultChoice = Literal["again", "refer", "fail"]
"""One more try, the authority, or the end with the other routes named."""


@dataclass(frozen=True)
class Absence:
    """A fact, and no guilt. Excused it counts no more; what excused it was seen and is not kept."""

    side: Side
    on: date
    waited_minutes: int | None = None
    explanation: str | None = None
    excused_on: date | None = None

    @property
    def counts(self) -> bool:
        return self.excused_on is None


@dataclass(frozen=True)
class DefaultPath:
    """Open to the side that came; nothing of it happens by itself.

    `excused`: an absence was excused after the choice, so the choice is asked for once more.
    """

    absent: Side
    choose_until: date
    choice: DefaultChoice | None = None
    chosen_by: UUID | None = None
    takes_effect_at: datetime | None = None
    excused: bool = False
