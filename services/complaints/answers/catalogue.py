"""What one may complain of."""

from __future__ import annotations

from pydantic import BaseModel

from services.complaints.terms import (
    Doer,
)


class Choice(BaseModel):
    """A code and its name in the reader's language."""

    code: str
    label: str


class QuestionView(Choice):
    """A question; a time range is answered {from, to} in HH:MM, a multiple choice by a list of codes."""

    type: str
    options: list[Choice]
    multiple: bool
    least: float | None
    most: float | None
    unit: str | None
    sensitive: bool


class SubcategoryView(Choice):
    """What one may complain of; a row proposes, the coordinator decides."""

    usual_path: str
    then: str | None
    authorities: list[Choice]
    emergency: str
    call: list[str]
    doer: Doer
    version: int
    off: bool
    questions: list[QuestionView]
    """May be answered in `details`, each by its code; none must be."""
    evidence: list[Choice]
    certainty: str | None
    unverified: str | None
    """What staff see where the remit is to be checked: parties see the authority's name alone."""
    law: list[str] | None


class CategoryView(Choice):
    subcategories: list[SubcategoryView]


class Choices(BaseModel):
    """All codes a form may send."""

    categories: list[CategoryView]
    authorities: list[Choice]
    decline_reasons: list[Choice]
    referral_results: list[Choice]
    evidence: list[Choice]
    """What may help as evidence."""
    services: list[Choice]
    """What may be offered from the service list."""
