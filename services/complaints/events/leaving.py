"""Parties left, and others were asked to come after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import LeaveReason, LeaveWish, Side, Succession


@dataclass(frozen=True)
class PartyLeft:
    on: date
    party_id: UUID
    side: Side
    why: LeaveReason


@dataclass(frozen=True)
class LeavingSpoken:
    on: date
    party_id: UUID
    wish: LeaveWish | None
    text: str | None


@dataclass(frozen=True)
class PartyInvited:
    on: date
    party_id: UUID
    side: Side
    capacity: Succession
    facts: str


@dataclass(frozen=True)
class InvitationAnswered:
    on: date
    party_id: UUID
    side: Side
    affected: bool
    text: str | None
