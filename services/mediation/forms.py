"""What requests may say: every field with its bounds, nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.mediation.commands import FailReason
from services.mediation.commands.oral import Said
from services.mediation.decisions.profile import Profile, Topic, Training
from services.mediation.decisions.slots import Availability, DayException, Hours
from services.mediation.state import (
    Answer,
    DefaultChoice,
    Form,
    GuestRole,
    Language,
    Promise,
    Relation,
    Side,
    SlotAnswer,
    Span,
    Spoken,
)
from shared.ids import new_id

_NO_NUL = r"^[^\x00]*$"
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=_NO_NUL)
]
MaybeWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=_NO_NUL)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_NO_NUL)]
RoomCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]


class FormModel(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_name=True)


class NothingForm(FormModel):
    """An empty object."""


class SpanForm(FormModel):
    """From one instant to a later one."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.starts_at >= self.ends_at:
            raise ValueError("a span ends after it starts")
        return self

    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


Windows = Annotated[list[SpanForm], Field(max_length=50)]


Languages = Annotated[list[Language], Field(max_length=3)]


class ConsentForm(FormModel):
    """`joint_session`: whether it may be held in one session with the mediation beside it."""

    separate: bool = False
    available: Windows = []
    languages: Languages = []
    joint_session: bool | None = None


class JointForm(FormModel):
    """Of this mediation alone: the one beside it is asked about by itself."""

    agreed: bool


class OpennessForm(FormModel):
    """Whether others may listen; it stays closed until every party wishes so."""

    open: bool


class TogetherForm(FormModel):
    with_mediation_id: UUID


class NominateForm(FormModel):
    mediator_id: UUID | None = None


class TakeForm(FormModel):
    """`relation`: what the mediator is to any of the parties."""

    relation: Relation = "none"


class StopForm(FormModel):
    """`note` is for the committee alone."""

    note: MaybeWords = ""


class SlotsForm(FormModel):
    count: Annotated[int, Field(ge=1, le=20)] | None = None


class SlotAnswerForm(FormModel):
    slot_id: UUID
    answer: Answer

    def said_by(self, party: UUID) -> SlotAnswer:
        return SlotAnswer(party, self.slot_id, self.answer)


class AnswersForm(FormModel):
    """Times of one's own, or what one says to the slots proposed."""

    available: Windows | None = None
    answers: Annotated[list[SlotAnswerForm], Field(max_length=20)] = []


class ScheduleForm(FormModel):
    slot_id: UUID


class RescheduleForm(FormModel):
    """To a slot proposed, or to a time and room of the mediator's choice."""

    reason: Words
    slot_id: UUID | None = None
    starts_at: AwareDatetime | None = None
    room: RoomCode | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        by_slot = self.slot_id is not None
        by_time = self.starts_at is not None and self.room is not None
        if by_slot == by_time or (by_slot and (self.starts_at or self.room)):
            raise ValueError("either slot_id, or starts_at and room")
        return self


class InviteForm(FormModel):
    """`name`: what those at the table call them; nobody has to know it of a mediator or of the court's liaison."""

    member_id: UUID
    role: GuestRole
    required: bool = False
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=_NO_NUL)] = ""


class GuestForm(FormModel):
    guest_id: UUID


class ComesForm(FormModel):
    """`relation`: what somebody who comes as second mediator is to any of the parties."""

    comes: bool
    relation: Relation | None = None


class AbsenceForm(FormModel):
    side: Side
    waited_minutes: Annotated[int, Field(ge=0, le=600)] | None = None


class ExplanationForm(FormModel):
    """`side` is for the mediator and the committee, who write down what they were told; a party speaks for its own."""

    text: Words
    side: Side | None = None


class ExcuseForm(FormModel):
    """`seen_on`: the day on which what excuses it was seen. No paper is kept."""

    side: Side
    seen_on: date


class DefaultForm(FormModel):
    choice: DefaultChoice


class MinutesForm(FormModel):
    text: Words


Minutes = Annotated[int, Field(ge=0, le=600)]


class ExchangeForm(FormModel):
    """How many minutes each side had the word."""

    complainant: Minutes
    respondent: Minutes

    def spoken(self) -> tuple[Spoken, ...]:
        return Spoken("complainant", self.complainant), Spoken("respondent", self.respondent)


class RestatementForm(FormModel):
    """What `side` said that the other needs."""

    side: Side
    text: Words


class RightForm(FormModel):
    right: bool


class FindingForm(FormModel):
    """`established` false: it could not be found out (未能查实), which is no refusal."""

    point: Line
    established: bool


class CaucusNoteForm(FormModel):
    side: Side
    text: Words


class CommitmentForm(FormModel):
    owner_side: Side
    what: Words
    measure: MaybeWords = ""
    due_on: date
    steps: Annotated[list[date], Field(max_length=24)] = []
    """The days of what is done several times, each to be proven and confirmed; the last one is `due_on`."""

    @model_validator(mode="after")
    def _steps_lead_to_the_last_day(self) -> Self:
        if self.steps and (self.steps != sorted({*self.steps}) or self.steps[-1] != self.due_on):
            raise ValueError("steps are days one after another, the last of them due_on")
        return self

    def promises(self) -> tuple[Promise, ...]:
        """What is done on one day is one promise; each of several steps is one, with a day of its own."""
        said = (self.owner_side, self.what, self.measure)
        if not self.steps:
            return (Promise(new_id(), *said, self.due_on),)
        whole = new_id()
        return tuple(Promise(new_id(), *said, day, whole) for day in self.steps)


def promises_in(commitments: Iterable[CommitmentForm]) -> tuple[Promise, ...]:
    """All of them, the steps of one beside each other."""
    return tuple(promise for commitment in commitments for promise in commitment.promises())


class AgreementForm(FormModel):
    """`agreed_on` is for the oral form: the day it was reached, today if absent."""

    form: Form
    facts: MaybeWords = ""
    terms: Words
    commitments: Annotated[list[CommitmentForm], Field(max_length=50)] = []
    agreed_on: date | None = None


class WordingForm(FormModel):
    """The words of one promise: who owes it and until when was stated before."""

    id: UUID
    what: Words
    measure: MaybeWords = ""


class RecordForm(FormModel):
    """What was agreed on the spot, as the mediator who was there records it."""

    terms: Words
    commitments: Annotated[list[WordingForm], Field(min_length=1, max_length=50)]


class ToldForm(FormModel):
    """On which day somebody who cannot write said it."""

    told_on: date


class ByMouthForm(FormModel):
    """What somebody without an account said of a commitment, and on which day; `words` as they said them."""

    said: Said
    told_on: date
    words: Words | None = None

    @model_validator(mode="after")
    def _says_what_is_wrong(self) -> Self:
        if self.said == "disputed" and self.words is None:
            raise ValueError("what is disputed is said in words")
        return self


class AmendmentForm(FormModel):
    """`replaces` names the commitments whose place the new ones take."""

    terms: Words
    replaces: Annotated[list[UUID], Field(max_length=50)] = []
    commitments: Annotated[list[CommitmentForm], Field(max_length=50)] = []


class DayForm(FormModel):
    until: date


class FailForm(FormModel):
    reason: FailReason


IntentProof = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=_NO_NUL)]
"""What the alliance service gave for the one-time code."""


class WordsForm(FormModel):
    """What is shown beside the words: nobody signs others."""

    content_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignForm(WordsForm):
    proof: IntentProof


class OptInForm(WordsForm):
    """Yes or no to the words of that hash; a yes needs a proof."""

    agrees: bool
    proof: IntentProof | None = None


class ProofForm(FormModel):
    """`evidence_ids`: what was laid before the case to show it."""

    text: Words
    evidence_ids: Annotated[list[UUID], Field(max_length=10)] = []


class DisputeForm(FormModel):
    reason: Words


LocalTime = Annotated[time, Field(description="HH:MM, Shanghai")]


class HoursForm(FormModel):
    """Every week on this day, Monday being 0."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    from_: LocalTime = Field(alias="from")
    to: LocalTime

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _require_order(self.from_, self.to)
        return self


class ExceptionForm(FormModel):
    """A day that differs: free at these hours (all day without them), or not at all."""

    day: date
    available: bool
    from_: LocalTime = Field(alias="from", default=time.min)
    to: LocalTime = time.max

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _require_order(self.from_, self.to)
        return self


def _require_order(from_: time, to: time) -> None:
    if from_.tzinfo or to.tzinfo:
        raise ValueError("local times have no zone")
    if from_ >= to:
        raise ValueError("hours end after they start")


class AvailabilityForm(FormModel):
    weekly: Annotated[list[HoursForm], Field(max_length=50)]
    exceptions: Annotated[list[ExceptionForm], Field(max_length=400)] = []

    def availability(self) -> Availability:
        return Availability(
            tuple(Hours(one.weekday, one.from_, one.to) for one in self.weekly),
            tuple(DayException(one.day, one.available, one.from_, one.to) for one in self.exceptions),
        )

    @classmethod
    def of(cls, availability: Availability) -> AvailabilityForm:
        return cls(
            weekly=[
                HoursForm(weekday=one.weekday, from_=one.from_, to=one.to) for one in availability.weekly
            ],
            exceptions=[
                ExceptionForm(day=one.day, available=one.available, from_=one.from_, to=one.to)
                for one in availability.exceptions
            ],
        )


class RoomForm(AvailabilityForm):
    """A room's name, and when it is open; days that are past matter no more."""

    name: Line


TrainingCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class TrainingForm(FormModel):
    code: TrainingCode
    on: date


Known = Annotated[list[UUID], Field(max_length=200)]


class ProfileForm(FormModel):
    """What a mediator says of themselves; without `limit` the alliance's rule counts."""

    languages: Languages = []
    topics: Annotated[list[Topic], Field(max_length=4)] = []
    training: Annotated[list[TrainingForm], Field(max_length=50)] = []
    limit: Annotated[int, Field(ge=0, le=50)] | None = None
    members: Known = []
    places: Known = []

    def profile(self) -> Profile:
        return Profile(
            languages=tuple(self.languages),
            topics=tuple(self.topics),
            training=tuple(Training(one.code, one.on) for one in self.training),
            limit=self.limit,
            members=tuple(self.members),
            places=tuple(self.places),
        )

    @classmethod
    def of(cls, profile: Profile) -> ProfileForm:
        return cls(
            languages=list(profile.languages),
            topics=list(profile.topics),
            training=[TrainingForm(code=one.code, on=one.on) for one in profile.training],
            limit=profile.limit,
            members=list(profile.members),
            places=list(profile.places),
        )
