"""The session: its time, who came, and what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.mediation.state import Side, Slot, SlotAnswer, Span


@dataclass(frozen=True)
class ProposeSlots:
    """These times were found to suit everybody."""

    mediation_id: UUID
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class AnswerSlots:
    """A party names times, or answers the slots proposed."""

    mediation_id: UUID
    party: UUID
    available: tuple[Span, ...] | None
    answers: tuple[SlotAnswer, ...]


@dataclass(frozen=True)
class ScheduleSession:
    """Fix a slot that nobody declined. `room_open`: whether its room is still open at that time."""

    mediation_id: UUID
    slot_id: UUID
    session_id: UUID
    room_open: bool = True


@dataclass(frozen=True)
class CloseSlots:
    """The time for answers is over. `free` are the slots at which nobody was booked since they were proposed."""

    mediation_id: UUID
    session_id: UUID
    free: frozenset[UUID]


@dataclass(frozen=True)
class MoveToSlot:
    """Move the session to another slot proposed, if its room is still open at that time."""

    mediation_id: UUID
    slot_id: UUID
    reason: str
    room_open: bool = True


@dataclass(frozen=True)
class MoveToTime:
    """Move the session to a time and room of the mediator's choice; `fits` is what the calendars say of it."""

    mediation_id: UUID
    slot: Slot
    fits: bool
    reason: str


@dataclass(frozen=True)
class RemindOfSession:
    """The session is near; of talks held apart one side's part, or for `side` None the whole of it."""

    mediation_id: UUID
    session_id: UUID
    sequence: int
    side: Side | None


@dataclass(frozen=True)
class NoteRoomClosed:
    """The room is closed for the time of the session that is fixed in it."""

    mediation_id: UUID


@dataclass(frozen=True)
class WriteMinutes:
    """The session took place, and this was talked about."""

    mediation_id: UUID
    text: str


@dataclass(frozen=True)
class ReleaseMinutes:
    """Let those for whom others speak read what was talked about."""

    mediation_id: UUID


@dataclass(frozen=True)
class WriteCaucusNote:
    """The mediator noted something in confidence. The words never come near the decision."""

    mediation_id: UUID
    note_id: UUID
