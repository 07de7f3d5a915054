"""A session of a mediation: its times, who comes, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.portal.answers.common import Answer
from services.portal.answers.parties import Party


class SlotAnswer(Answer):
    """What a party said to a slot."""

    side: str
    label: str
    answer: str


class InRoom(Answer):
    """Somewhere: the room by its mark, and as people know it."""

    room: str
    room_name: str | None = None

    @property
    def where(self) -> str:
        """The room's name, its mark where it has none."""
        return self.room_name or self.room


class Slot(InRoom):
    """A time and room offered."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    answer: str | None = None
    """What this person said to it."""
    answers: tuple[SlotAnswer, ...] = ()

    def of(self, party: Party) -> Slot:
        """The same with what this party said to it."""
        mine = (one.answer for one in self.answers if (one.side, one.label) == (party.side, party.label))
        return self.model_copy(update={"answer": next(mine, None)})


class Guest(Answer):
    """Somebody invited to the session beside the sides."""

    guest_id: UUID
    role: str
    name: str = ""
    required: bool = False
    agreed: bool = False
    own: bool | None = None
    comes: bool | None = None
    invited_by_you: bool = False
    no_ties: bool = False


class Meeting(InRoom):
    """The session fixed."""

    starts_at: datetime
    ends_at: datetime
    status: str


class InvitedMeeting(InRoom):
    """The session fixed, as a guest is told of it."""

    starts_at: datetime
    ends_at: datetime


class Invitation(Answer):
    """A session somebody is asked to who is no party; they see this much of it."""

    id: UUID
    reference: str
    role: str
    required: bool = False
    comes: bool | None = None
    sides: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    session: InvitedMeeting | None = None
    open: bool = False
    next: str
    possible: tuple[str, ...] = ()


class Absence(Answer):
    """That a side did not come to a session."""

    side: str
    on: date
    excused: bool = False
    explanation: str | None = None


class CaucusNote(Answer):
    """What one side said in confidence, for the mediator who noted it."""

    side: str
    text: str
    written_at: datetime


class VoidSession(Answer):
    """A session that counts for nothing."""

    starts_at: datetime
    stopped_at: datetime
    minutes: tuple[str, ...] = ()


class Spoken(Answer):
    """How long a side had the word."""

    side: str
    minutes: int


class Restatement(Answer):
    """What a side said that the other needs."""

    side: str
    text: str
    right: bool | None = None


class Finding(Answer):
    """A point that was, or could not be, established."""

    point: str
    established: bool


class Dialogue(Answer):
    """How the sides spoke with each other."""

    spoken: tuple[Spoken, ...] = ()
    restated: tuple[Restatement, ...] = ()
    findings: tuple[Finding, ...] = ()


class Beside(Answer):
    """Another mediation between the same people."""

    mediation_id: UUID
    case_id: UUID
    reference: str


class Joint(Answer):
    """One session for both: what this person said, and whether all have said yes."""

    beside: tuple[Beside, ...]
    agreed: bool | None = None
    complete: bool = False
    with_mediation_id: UUID | None = None


class Openness(Answer):
    """Whether others may listen to the session, may do so at all, and what this person wishes."""

    open: bool
    may_be_open: bool = False
    yours: bool | None = None
