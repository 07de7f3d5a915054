"""Times, rooms and what was said to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.mediation.state.matter import Side

Answer = Literal["yes", "if_need_be", "no"]


@dataclass(frozen=True)
class Part:
    """One side's time within a session held apart."""

    side: Side
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Slot:
    """A time and room at which everybody was free when it was found; with `parts` where talks are apart."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    room_id: UUID
    room: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class SlotAnswer:
    """What a party said to a slot."""

    party: UUID
    slot_id: UUID
    answer: Answer


@dataclass(frozen=True)
class Session:
    """A fixed time. `uid` never changes, `sequence` grows with every change (RFC 5545)."""

    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    room_id: UUID
    room: str
    parts: tuple[Part, ...] = ()
    with_mediation: UUID | None = None
    """The mediation whose session this is held in: it has the bookings, this one follows it."""
