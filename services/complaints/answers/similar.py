"""Cases of about the same."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel


class SimilarCase(BaseModel):
    """An open case that may be the same matter: nobody's words and nobody's name."""

    id: UUID
    place_id: UUID | None
    category: str
    filed_on: date
    filed_on_is_half_month: bool
    reasons: list[str]


class SimilarCases(BaseModel):
    """What is offered before a complaint is sent; `about` counts from the alliance's floor on, in fives."""

    items: list[SimilarCase]
    about: int | None


class OtherMatter(BaseModel):
    """What a complaint seems to speak of beside its own category."""

    category: str
    subcategory: str


class ComparedCase(SimilarCase):
    """The same for the coordinator who may join them; `score` is how alike the words are."""

    reference: str
    subcategory: str
    score: int
    other_matters: list[OtherMatter]


class ComparedCases(BaseModel):
    items: list[ComparedCase]
    other_matters: list[OtherMatter]
