"""The word of a party without an account, as whoever was there enters it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.mediation.forms.agreements import WordsForm
from services.mediation.forms.fields import NO_NUL, FormModel, Languages, Windows
from services.mediation.forms.sessions import AnswersForm
from services.mediation.state import Hand, Sheet


class SheetForm(FormModel):
    """What a party without an account signed by hand, and who saw it beside whoever enters it.

    `witness_apart`: the witness is no party to the matter, and not the one who enters it. `evidence_ids`: the pictures
    of the sheet, of which none was entered before.
    """

    party: UUID
    hand: Hand
    signed_on: date
    witness: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NO_NUL)
    ]
    witness_apart: Literal[True]
    evidence_ids: Annotated[list[UUID], Field(min_length=1, max_length=10)]

    def sheet(self, entered_by: UUID) -> Sheet:
        return Sheet(self.hand, self.signed_on, self.witness, entered_by, tuple(self.evidence_ids))


class PaperConsentForm(SheetForm):
    """Their yes, with the same wishes as anybody's."""

    separate: bool = False
    available: Windows = Field(default=[])
    languages: Languages = Field(default=[])


class PaperSignForm(SheetForm, WordsForm):
    """Under the words of that hash, which the sheet shows."""


class TimesForm(AnswersForm):
    """When they said that they can come."""

    party: UUID
