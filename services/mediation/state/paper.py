"""A sheet that somebody without an account signed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Hand = Literal["pen", "fingerprint"]
"""签名、按指印 (People's Mediation Law art. 29)."""


@dataclass(frozen=True)
class Sheet:
    """How it was signed, when, whom whoever entered it names as witness, and its pictures."""

    hand: Hand
    signed_on: date
    witness: str
    entered_by: UUID
    evidence: tuple[UUID, ...] = ()
