"""What is written down of a session."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.mediation.forms.fields import FormModel, Line, Words
from services.mediation.state import Side, Spoken


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
