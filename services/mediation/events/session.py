"""The session: its time, who came, and what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.mediation.state import Session, Side, Slot, SlotAnswer, Span


@dataclass(frozen=True)
class AvailabilityStated:
    party: UUID
    available: tuple[Span, ...]


@dataclass(frozen=True)
class SlotsProposed:
    slots: tuple[Slot, ...]
    answer_until: date


@dataclass(frozen=True)
class SlotsAnswered:
    answers: tuple[SlotAnswer, ...]


@dataclass(frozen=True)
class NoTimeFound:
    """The time for answers is over, and no time proposed suits everybody."""


@dataclass(frozen=True)
class SessionScheduled:
    session: Session


@dataclass(frozen=True)
class SessionMoved:
    session: Session
    reason: str


@dataclass(frozen=True)
class SessionCancelled:
    """`mediator` has it in their calendar too, and may have left by then."""

    session: Session
    mediator: UUID


@dataclass(frozen=True)
class SessionRemindedOf:
    """That side, or for None everybody whose time is the whole of it, was told that it is near."""

    session: Session
    side: Side | None


@dataclass(frozen=True)
class RoomClosed:
    """Whoever leads was told that the room is gone: nothing is cancelled by it, the time is theirs to move."""

    session: Session


@dataclass(frozen=True)
class SessionHeld:
    session_id: UUID


@dataclass(frozen=True)
class MinutesWritten:
    text: str


@dataclass(frozen=True)
class MinutesReleased:
    """To those for whom others speak; the parties had them from the first."""


@dataclass(frozen=True)
class CaucusNoteWritten:
    """That there is a note, and never what it says: its words lie outside the journal."""

    note_id: UUID
