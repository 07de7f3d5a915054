"""What every write is answered with."""

from __future__ import annotations

from datetime import date
from operator import not_
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.complaints.clocks import ClockName
from services.complaints.terms import (
    Stage,
    Status,
)

OnlyIfTrue = Annotated[bool, Field(exclude_if=not_)]
"""A mark that most do not bear; where it is absent, it is not so."""


class RunningClock(BaseModel):
    """The day people wait for."""

    name: ClockName
    until: date
    provisional: OnlyIfTrue = False
    """Counted over a year whose holidays were not known."""


class LinkedCase(BaseModel):
    """A case that stands beside this one: neither waits for the other."""

    id: UUID
    reference: str
    category: str
    subcategory: str
    stage: Stage
    status: Status


class ConflictView(BaseModel):
    """One conflict that was filed more than once; the filings that exist for the reader, the first one first."""

    filings: int
    cases: list[LinkedCase]


class Emergency(BaseModel):
    """Whom to call before anything else, and until when a human of the committee confirms it."""

    call: list[str]
    text: str


class Receipt(BaseModel):
    """The answer to every write on a case."""

    id: UUID
    reference: str
    stage: Stage
    status: Status
    clock: RunningClock | None
    due: date | None
    next: str
    possible: list[str]
    emergency: Emergency | None = None
    lookup_secret: str | None = None
    """Of an anonymous filing, and never told again: with the reference it opens `POST /v1/lookups`."""
    counter_claim: LinkedCase | None = None
    """The case a counter-claim became."""
    split: LinkedCase | None = None
    """The case that a filing's second matter became."""
    proof: str | None = None
    """Where the history stands with this act; `shangju verify --receipt` holds it against what was sealed."""


class Noted(BaseModel):
    """The answer to whoever is no party: what comes next, and nothing of a case."""

    next: str
