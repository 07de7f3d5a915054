"""What many answers have in common: places, clocks, and what every write says."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """Part of a service's answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Answer):
    """A place of the register."""

    id: UUID
    kind: str
    name: str
    block_id: UUID | None = None
    building_id: UUID | None = None
    parent_id: UUID | None = None
    """What it stands in itself."""


class Occupancy(Answer):
    """Where somebody lives, trades or works."""

    id: UUID
    place_name: str
    kind: str
    from_day: date
    until_day: date | None = None


class DayHours(Answer):
    """From and until when on a day."""

    from_: time = Field(alias="from")
    to: time


class WeeklyHours(DayHours):
    """The same, every week on this day."""

    weekday: int


class Clock(Answer):
    """A running clock and its last day."""

    name: str
    until: date
    state: str = "running"
    provisional: bool = False
    """Counted over a year whose holidays were not known yet."""


class Emergency(Answer):
    """Whom to call before anything else."""

    call: tuple[str, ...] = ()
    text: str = ""


class StepReceipt(Answer):
    """What every write says: what is next, and by when."""

    next: str | None = None
    due: date | None = None
    emergency: Emergency | None = None
    proof: str | None = None


class CaseReceipt(StepReceipt):
    """The answer of a filing."""

    id: UUID
    reference: str
    stage: str
    status: str
    next: str
    lookup_secret: str | None = None


class Opened(Answer):
    """The matter a paper's code belongs to."""

    id: UUID
