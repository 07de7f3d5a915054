"""Who is concerned by a case, who left it and who is asked to come in, and what they answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.complaints.terms import Basis, Capacity, LeaveReason, LeaveWish, Side, Slip, Succession


class AnswerView(BaseModel):
    """What the respondent answered, or that they were silent."""

    kind: str
    text: str | None


class PartyView(BaseModel):
    """Somebody concerned; the member only where the reader may know, the rest of whoever was added later."""

    side: Side
    label: str
    member_id: UUID | None
    party_id: UUID | None = None
    capacity: Capacity | None = None
    served: bool | None = None
    answer: AnswerView | None = None
    basis: Basis | None = None
    """By what they became a party of a matter whose doer nobody saw; the `fact` is for the coordinator."""
    fact: str | None = None
    said: str | None = None
    """What somebody who came after a party that left said when they joined."""


class LeavingView(BaseModel):
    """A party who left, what they wish and what they said: for staff, and of oneself."""

    party_id: UUID | None
    side: Side
    label: str
    left_on: date
    why: LeaveReason
    wish: LeaveWish | None
    said: list[str]


class InvitationView(BaseModel):
    """Whoever is asked whether it concerns them, and the facts they are told."""

    party_id: UUID | None
    side: Side
    label: str
    capacity: Succession
    facts: str


class EnteredAnswerView(BaseModel):
    """How an answer came that was not given on the platform, with the picture of the paper for who may see it."""

    slip: Slip
    received_on: date
    evidence_ids: list[UUID] = []
