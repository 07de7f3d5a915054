"""What somebody without an account signed by hand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import Hand


class SheetView(BaseModel):
    """For those who may enter it: when it was signed, who is named as witness, and its pictures."""

    hand: Hand
    signed_on: date
    witness: str
    evidence_ids: list[UUID]
