"""What is laid before a case to show how it is: files, readings, and that it happened again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer


class Occurrence(Answer):
    """That it happened again, and by what that is shown."""

    at: datetime | None = None
    on: date | None = None
    by: str
    note: str | None = None
    evidence_ids: tuple[UUID, ...] = ()


class Evidence(Answer):
    """A file laid before the case, as far as this viewer may know of it."""

    id: UUID
    kind: str
    added_by: str
    shown: str
    masked: bool = False
    carried: bool = False
    added_at: datetime | None = None
    released_on: date | None = None
    taken_at: datetime | None = None
    note: str | None = None
    size: int | None = None
    readable: bool = False


class Finding(Answer):
    """One measured quantity against its limit, the background taken off."""

    quantity: str
    measured_db: str
    correction_db: int | None = None
    corrected_db: int | None = None
    limit_db: int


class Verdict(Answer):
    """What a noise reading shows, in words, and what it is reckoned of."""

    outcome: str
    text: str
    period: str = ""
    findings: tuple[Finding, ...] = ()
    shortfalls: tuple[str, ...] = ()
    """Why it proves no more than its grade says."""


class Reading(Answer):
    """A noise reading; hour and note only where they betray nobody."""

    id: UUID
    added_by: str
    carried: bool = False
    released: bool = False
    measured_at: datetime | None = None
    note: str | None = None
    source: str | None = None
    instrument: str | None = None
    measured_by: str | None = None
    point: str | None = None
    zone_class: str | None = None
    verdict: Verdict
