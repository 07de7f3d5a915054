"""What people complain of (categories.yaml): usual path, authority, urgency, and what is asked about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from services.complaints.questions import Named, Question
from services.complaints.terms import Doer
from shared.charter.rules import Certainty
from shared.errors import Invalid
from shared.tables import table_of
from shared.texts import Language

Words = dict[Language, str]
EMERGENCY_NUMBERS = ("119", "110", "120")

Urgency = Literal["never", "happening_now", "always"]
URGENCY: tuple[Urgency, ...] = ("never", "happening_now", "always")
"""From the least to the most pressing."""

UsualPath = Literal["direct", "mediation", "topic", "authority"]


class Law(BaseModel):
    """Where a row comes from, and for acts of which days (生态环境法典 replaced older laws on 2026-08-15)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    text: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
    since: Annotated[date | None, Field(alias="from")] = None
    until: Annotated[date | None, Field(alias="to")] = None

    def holds(self, on: date) -> bool:
        """Whether it is the law for what happened that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Subcategory(Named):
    """One row: a proposal to the coordinator, not a judgement."""

    code: str
    category: str
    path: UsualPath
    authorities: tuple[str, ...]
    certainty: Certainty
    doer: Doer = "known"
    then: Literal["mediation", "topic", "authority"] | None = None
    emergency: Urgency = "never"
    call: Literal["119", "110", "120"] | None = None
    law: tuple[Law, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[str, ...] = ()
    off: bool = False
    """Not offered for new filings; cases filed under it go on."""
    version: int = 0
    """0 as shipped; every change by the alliance is the next."""

    def is_emergency(self, *, happening_now: bool) -> bool:
        """Whether 119, 110 or 120 comes before any deliberation."""
        return self.emergency == "always" or (self.emergency == "happening_now" and happening_now)

    @property
    def numbers(self) -> list[str]:
        """Whom to call, the fitting one first."""
        return sorted(EMERGENCY_NUMBERS, key=lambda number: number != self.call)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All that may be chosen. Two are the same when they are one: what is made of it may be kept by it."""

    authorities: dict[str, Words]
    categories: dict[str, Words]
    subcategories: tuple[Subcategory, ...] = field(default=())
    evidence: dict[str, Words] = field(default_factory=dict)

    def find(self, code: str) -> Subcategory | None:
        """The subcategory of that code; codes are unique across categories."""
        return next((one for one in self.subcategories if one.code == code), None)

    def of(self, category: str) -> list[Subcategory]:
        """What belongs to a category and may be filed."""
        return [one for one in self.every(category) if not one.off]

    def every(self, category: str) -> list[Subcategory]:
        """What belongs to a category, what is switched off too."""
        return [one for one in self.subcategories if one.category == category]

    def offered(self, category: str, code: str) -> Subcategory:
        """What somebody files under. Raises Invalid for what is not offered."""
        if category not in self.categories:
            raise Invalid("/category", "unknown_category")
        found = self.find(code)
        if found is None or found.category != category or found.off:
            raise Invalid("/subcategory", "unknown_subcategory")
        return found

    def category_of(self, code: str) -> str:
        """What a subcategory belongs to, so that it is not asked twice. Raises Invalid for an unknown one."""
        found = self.find(code)
        if found is None:
            raise Invalid("/subcategory", "unknown_subcategory")
        return found.category

    def with_own(self, rows: Iterable[Subcategory]) -> Catalogue:
        """The same with an alliance's own versions in place of those shipped, new ones at the end."""
        own = {row.code: row for row in rows}
        kept = tuple(own.pop(one.code, one) for one in self.subcategories)
        return replace(self, subcategories=(*kept, *own.values()))

    def require_sound(self, row: Subcategory, earlier: Iterable[Subcategory] = ()) -> None:
        """Raises Invalid for a version that names what there is not, that makes an emergency less of one, or
        under which what was filed and answered under an `earlier` one, the newest first, would mean something else.
        """
        if row.category not in self.categories:
            raise Invalid("/category", "unknown_category")
        for index, authority in enumerate(row.authorities):
            if authority not in self.authorities:
                raise Invalid(f"/authorities/{index}", "unknown_authority")
        for index, kind in enumerate(row.evidence):
            if kind not in self.evidence:
                raise Invalid(f"/evidence/{index}", "unknown_evidence")
        codes = [question.code for question in row.questions]
        for index, code in enumerate(codes):
            if code in codes[:index]:
                raise Invalid(f"/questions/{index}/code", "question_twice")
        if (row.call is None) != (row.emergency == "never"):
            raise Invalid("/call", "call_goes_with_emergency")
        _require_no_less_urgent(row, catalogue().find(row.code))
        _require_same_meaning(row, earlier)


def _require_no_less_urgent(row: Subcategory, shipped: Subcategory | None) -> None:
    """Where life is in danger help is called first; no alliance may set that aside."""
    if shipped is None:
        return
    if URGENCY.index(row.emergency) < URGENCY.index(shipped.emergency):
        raise Invalid("/emergency", "emergency_stays")
    if row.off and shipped.emergency == "always":
        raise Invalid("/off", "emergency_stays")


def _require_same_meaning(row: Subcategory, earlier: Iterable[Subcategory]) -> None:
    """A case keeps its category and its answers: neither moves on with a later version.

    A question's code stands for the answers given to it, so another kind of question is another code. Where it has
    been of two kinds before, it stays what it was last: no version could be both.
    """
    oldest_first = [*earlier][::-1]
    if oldest_first and row.category != oldest_first[-1].category:
        raise Invalid("/category", "category_stays")
    asked = {question.code: question for one in oldest_first for question in one.questions}
    for index, question in enumerate(row.questions):
        before = asked.get(question.code, question)
        if (question.type, question.multiple) != (before.type, before.multiple):
            raise Invalid(f"/questions/{index}/type", "question_kind_stays")


@cache
def catalogue() -> Catalogue:
    """The rows of this version."""
    raw, asked = (table_of("services.complaints", name) for name in ("categories.yaml", "questions.yaml"))
    rows = [_with_questions(row, asked) for row in raw["subcategories"]]
    return TypeAdapter(Catalogue).validate_python(
        {**raw, "subcategories": rows, "evidence": asked["evidence"]}
    )


def _with_questions(row: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the questions for all, for its category and its own, and what helps as evidence."""
    codes = [*asked["common"], *asked["of_category"][row["category"]], *row.get("questions", ())]
    return {
        "evidence": asked["evidence_of_category"][row["category"]],
        **row,
        "questions": [_question(code, asked["questions"][code]) for code in codes],
    }


def _question(code: str, written: Mapping[str, Any]) -> dict[str, Any]:
    options = written.get("options", {})
    return {**written, "code": code, "options": [{"code": one, **named} for one, named in options.items()]}
