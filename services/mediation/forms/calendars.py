"""At which hours a mediator or a room is free."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Self

from pydantic import Field, model_validator

from services.mediation.decisions.slots import Availability, DayException, Hours
from services.mediation.forms.fields import FormModel, Line

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
    exceptions: Annotated[list[ExceptionForm], Field(max_length=400)] = Field(default=[])

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
