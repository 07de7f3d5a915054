"""What was agreed on the spot as it is recorded, and what somebody without an account says of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from services.mediation.commands.oral import Said
from services.mediation.forms.fields import FormModel, MaybeWords, Words


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
