"""What people complain of (categories.yaml): usual path, authority, and whether help must be called first."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import Field, TypeAdapter

from shared.texts import Language

Words = dict[Language, str]
EMERGENCY_NUMBERS = ("119", "110", "120")


@dataclass(frozen=True)
class Subcategory:
    """One row: a proposal to the coordinator, not a judgement."""

    code: str
    category: str
    zh: Annotated[str, Field(alias="zh-CN")]
    en: str
    path: Literal["direct", "mediation", "topic", "authority"]
    authorities: tuple[str, ...]
    certainty: Literal["H", "M", "L"]
    then: Literal["mediation", "topic", "authority"] | None = None
    emergency: Literal["never", "happening_now", "always"] = "never"
    call: Literal["119", "110", "120"] | None = None

    def label(self, language: Language) -> str:
        """Its name for people."""
        return self.zh if language == "zh-CN" else self.en

    def is_emergency(self, *, happening_now: bool) -> bool:
        """Whether 119, 110 or 120 comes before any deliberation."""
        return self.emergency == "always" or (self.emergency == "happening_now" and happening_now)

    @property
    def numbers(self) -> list[str]:
        """Whom to call, the fitting one first."""
        return sorted(EMERGENCY_NUMBERS, key=lambda number: number != self.call)


@dataclass(frozen=True)
class Catalogue:
    """All that may be chosen."""

    authorities: dict[str, Words]
    categories: dict[str, Words]
    subcategories: tuple[Subcategory, ...] = field(default=())

    def find(self, code: str) -> Subcategory | None:
        """The subcategory of that code; codes are unique across categories."""
        return next((one for one in self.subcategories if one.code == code), None)

    def of(self, category: str) -> list[Subcategory]:
        """What belongs to a category."""
        return [one for one in self.subcategories if one.category == category]


@cache
def catalogue() -> Catalogue:
    """The rows of this version."""
    text = resources.files("services.complaints").joinpath("categories.yaml").read_text("utf-8")
    return TypeAdapter(Catalogue).validate_python(yaml.safe_load(text))
