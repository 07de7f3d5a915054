"""What is said of a promise: that it is done, that it is not, or that it may wait."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.mediation.forms.fields import FormModel, Words


class DayForm(FormModel):
    until: date


class ProofForm(FormModel):
    """`evidence_ids`: what was laid before the case to show it."""

    text: Words
    evidence_ids: Annotated[list[UUID], Field(max_length=10)] = Field(default=[])


class DisputeForm(FormModel):
    reason: Words
