"""Parties leave, and others come after them: nobody becomes a party by the address alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import LeaveReason, LeaveWish, Side, Succession


@dataclass(frozen=True)
class RecordLeaving:
    """A party's occupancy (占用期) has ended, or they died."""

    case_id: UUID
    party_id: UUID
    on: date
    why: LeaveReason = "moved"


@dataclass(frozen=True)
class SpeakOnLeaving:
    """What somebody who left, or the family of one who died, wants of the matter or has to say to it."""

    case_id: UUID
    party_id: UUID | None
    wish: LeaveWish | None = None
    text: str | None = None


@dataclass(frozen=True)
class InviteParty:
    """Whoever came after is asked whether it concerns them; `facts` is all they are told of it."""

    case_id: UUID
    party_id: UUID
    side: Side
    capacity: Succession
    facts: str


@dataclass(frozen=True)
class AnswerInvitation:
    """It concerns them and they join, or it does not."""

    case_id: UUID
    party_id: UUID | None
    affected: bool
    text: str | None = None
