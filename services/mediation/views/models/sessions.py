"""When and how the sides meet, who else is there, and how they spoke with each other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.mediation.state import Answer, GuestRole, Side
from services.mediation.views.models.fields import OnlyIfTrue


class SlotAnswerView(BaseModel):
    side: Side
    label: str
    answer: Answer


class PartView(BaseModel):
    side: Side
    starts_at: datetime
    ends_at: datetime


class GuestAnswerView(BaseModel):
    guest_id: UUID
    answer: Answer


class InRoom(BaseModel):
    """Somewhere: the room by its mark, and as the committee named it."""

    room: str
    room_name: str | None = None


class SlotView(InRoom):
    """A time on offer; where the talks are apart a party has their own part for it, and no `parts`."""

    slot_id: UUID
    starts_at: datetime
    ends_at: datetime
    parts: list[PartView]
    answers: list[SlotAnswerView]
    guests: list[GuestAnswerView] = []


class SessionView(InRoom):
    """The time fixed; where the talks are apart a party has their own part for it, and no `parts`."""

    session_id: UUID
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    status: str
    separate: bool
    parts: list[PartView]
    absent: list[Side]


class AbsenceView(BaseModel):
    """That a side did not come; why, for the mediator, the committee and that side alone."""

    side: Side
    on: date
    waited_minutes: int | None
    explanation: str | None
    excused: bool


class DefaultPathView(BaseModel):
    """What those who came may choose, until when, and what they chose. `excused`: the reason was seen since."""

    choose_until: date
    choices: list[str]
    choice: str | None
    takes_effect_at: datetime | None
    excused: bool


class VoidSessionView(BaseModel):
    """A session that counts for nothing; its minutes are sealed for the committee."""

    session_id: UUID
    starts_at: datetime
    stopped_at: datetime
    status: Literal["void"] = "void"
    minutes: list[str]


class GuestView(BaseModel):
    """Somebody invited beside the sides. Who else has agreed is not told before all have."""

    guest_id: UUID
    role: GuestRole
    name: str
    required: bool
    agreed: bool
    """Every party did, and they were asked."""
    own: bool | None
    """Whether the reader agreed; None for who is no party."""
    comes: bool | None
    invited_by_you: OnlyIfTrue = False
    no_ties: OnlyIfTrue = False
    """A second mediator who declared that they are nothing to the parties."""


class BesideView(BaseModel):
    """Another mediation between the same people."""

    mediation_id: UUID
    case_id: UUID
    reference: str


class JointView(BaseModel):
    """Whether it is held in one session with another: what the reader said, and whether all have said yes."""

    beside: list[BesideView]
    agreed: bool | None
    complete: bool
    with_mediation_id: UUID | None


class OpennessView(BaseModel):
    """Whether others may listen to the session, may do so at all, and what the reader wishes."""

    open: bool
    may_be_open: bool
    yours: bool | None


class SpokenView(BaseModel):
    side: Side
    minutes: int


class RestatementView(BaseModel):
    """What a side said that the other needs, and whether the other called it right."""

    side: Side
    text: str
    right: bool | None


class FindingView(BaseModel):
    """A point that was, or could not be, established."""

    point: str
    established: bool


class DialogueView(BaseModel):
    """How the sides spoke with each other in the session."""

    spoken: list[SpokenView]
    restated: list[RestatementView]
    findings: list[FindingView]
