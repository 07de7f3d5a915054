"""What an agreement and its amendments say, and under which words somebody signs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from services.mediation.forms.fields import NO_NUL, FormModel, MaybeWords, Words
from services.mediation.state import Form, Promise, Side
from shared.ids import new_id


class CommitmentForm(FormModel):
    owner_side: Side
    what: Words
    measure: MaybeWords = ""
    due_on: date
    steps: Annotated[list[date], Field(max_length=24)] = Field(default=[])
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
    commitments: Annotated[list[CommitmentForm], Field(max_length=50)] = Field(default=[])
    agreed_on: date | None = None


class AmendmentForm(FormModel):
    """`replaces` names the commitments whose place the new ones take."""

    terms: Words
    replaces: Annotated[list[UUID], Field(max_length=50)] = Field(default=[])
    commitments: Annotated[list[CommitmentForm], Field(max_length=50)] = Field(default=[])


IntentProof = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]
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
