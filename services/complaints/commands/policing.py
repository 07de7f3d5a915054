"""What the committee told the police of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ReportToPolice:
    """What may be a matter of public order or a crime was reported: what of it, when, and the police's own number."""

    case_id: UUID
    what: str
    at: datetime
    reference: str | None = None
