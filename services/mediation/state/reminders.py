"""Words that somebody owes, and that they were reminded of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Word = Literal["consent", "slots", "guest", "choice", "signature", "opt_in", "confirmation", "court"]
"""A yes or no to mediation, to times, to a guest, how it goes on after absences, a signature, a group member's own
yes or no, whether something was done, and joining those who ask the court.
"""


@dataclass(frozen=True)
class Reminder:
    """One of the times at which whoever owes a word is reminded of it; `turn` counts from 1.

    `of` is what it is said to: the mediation, the first of the times, the guest, the session, the agreement, the
    commitment. Asked for until another day, it is another word.
    """

    word: Word
    of: UUID
    until: date | None
    turn: int = 1
