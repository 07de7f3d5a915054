"""The copy of what is held here of one person (PIPL art. 45)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from services.complaints.answers.evidence import EvidenceView
from services.complaints.answers.inquiries import AskedView
from services.complaints.answers.queue import KeptFilter
from services.complaints.terms import Identity, Role, Stage, Status


class OwnStep(BaseModel):
    """One step of theirs, and what they said with it."""

    at: datetime
    type: str
    text: str
    said: dict[str, Any]


class OwnMatter(BaseModel):
    """One case they are or were a party of: their own part of it alone."""

    reference: str
    category: str
    subcategory: str
    stage: Stage
    status: Status
    role_in_case: Role
    identity: Identity
    filed_on: date
    filed_on_is_half_month: bool
    steps: list[OwnStep]
    evidence: list[EvidenceView]


class OwnData(BaseModel):
    """All of it: their matters, what they were asked as neighbours, and the filters they kept."""

    matters: list[OwnMatter]
    asked: list[AskedView]
    filters: list[KeptFilter]
