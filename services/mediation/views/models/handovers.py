"""What the court station is handed of a mediation."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel


class HandoverPreview(BaseModel):
    """What the court station would be handed, what it cannot do, and what is left out."""

    contents: list[str]
    pages: int
    sha256: str
    limits: str
    left_out: str


class HandoverView(BaseModel):
    """A pack that was sent."""

    id: UUID
    mediation_id: UUID
    case_id: UUID
    reference: str
    sent_at: datetime
    pages: int
    sha256: str


class SentView(BaseModel):
    """The same, as both sides of the mediation see it."""

    id: UUID
    sent_on: date
    contents: list[str]
    pages: int
    sha256: str
