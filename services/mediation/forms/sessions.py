"""When the sides meet, and who did not come."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from services.mediation.forms.fields import FormModel, RoomCode, Windows, Words
from services.mediation.state import Answer, DefaultChoice, Side, SlotAnswer


class TogetherForm(FormModel):
    with_mediation_id: UUID


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
    answers: Annotated[list[SlotAnswerForm], Field(max_length=20)] = Field(default=[])


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
