"""What of an event a platform outside is told: the matter's number and where it stands, and the day. Pure."""

from __future__ import annotations

import json
from datetime import datetime

from shared.clock import local_day
from shared.contracts import complaints as c
from shared.contracts.envelope import Contract

OUTSIDE: tuple[type[c.CaseEvent], ...] = (
    c.CaseFiled,
    c.CaseAccepted,
    c.CaseDeclined,
    c.CaseRouted,
    c.CaseReferred,
    c.CaseReturned,
    c.CaseWithdrawn,
    c.CaseReopened,
    c.CaseClosed,
)
"""The events that change what a platform knows of a matter."""

FIELDS = ("case_id", "reference", "category", "subcategory", "stage", "status", "due")
"""What leaves. Parties, places and who acted stay, and so does the hour: it may tell who complained."""


def message_of(event: Contract, at: datetime) -> str | None:
    """The body to be sent, or None for what is not for outside."""
    if not isinstance(event, OUTSIDE):
        return None
    told = event.model_dump(mode="json", include=set(FIELDS))
    day = local_day(at).isoformat()
    return json.dumps({"type": event.TYPE, "timestamp": day, "data": told}, ensure_ascii=False)
