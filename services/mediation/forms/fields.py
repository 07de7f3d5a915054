"""What several requests are made of: words with their bounds, times, and a form that refuses what it does not know."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.mediation.state import Language, Span

NO_NUL = r"^[^\x00]*$"


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=NO_NUL)
]


MaybeWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=NO_NUL)]


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_NUL)]


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
