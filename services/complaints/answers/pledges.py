"""What somebody promises, by themselves or as both sides settled it, and what a party is offered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.terms import PledgeStatus, Role, Side, Slip


class EnteredView(BaseModel):
    """How a pledge came that was not offered on the platform, and the role of whom wrote it down."""

    slip: Slip
    received_on: date
    by: Role


class PledgeView(BaseModel):
    """What a respondent promises by themselves, the latest words about it, and whether its day passed unkept."""

    id: UUID
    yours: bool
    owner_side: Side | None
    """Of what both sides settled: the side that owes it. The other one says whether it is done."""
    what: str
    measure: str | None
    due_on: date
    status: PledgeStatus
    missed: bool
    proof: str | None
    dispute: str | None
    confirm_until: date | None
    entered: EnteredView | None = None
    evidence_ids: list[UUID] = []
    """What was brought to show that it is done, of what this reader may see."""


class SettledPromiseView(BaseModel):
    """Who does what, how one sees it, and by when."""

    owner_side: Side
    what: str
    measure: str
    due_on: date


class SettledWordsView(BaseModel):
    """The words in which a side called it settled; none of its own where it agreed to the other's (`words_hash`)."""

    by: Side
    said_on: date | None
    note: str | None
    promises: list[SettledPromiseView]
    words_hash: str | None
    by_code: bool
    """Whether they gave the one-time code for just these words."""


class SettlementNamed(BaseModel):
    """The hash of the words somebody would settle it in: a code is asked for it."""

    words_hash: str


class SettlementView(BaseModel):
    """`to_agree_to`: the hash of the words that the other side has not answered; `lacks`: what is missing, in words."""

    words: list[SettledWordsView]
    to_agree_to: str | None
    lacks: list[str]


class OfferedServiceView(BaseModel):
    """What a party is offered from the service list; `taken` is null until they have said."""

    id: UUID
    yours: bool
    side: Side
    service: str
    what: str
    note: str | None
    offered_on: date
    taken: bool | None
