"""What a form asks about one kind of matter, and whether an answer fits its question. Pure.

Every question may be left unanswered: nobody is kept from complaining by a form (routing.md's common fields).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.errors import Invalid
from shared.texts import Language

Kind = Literal["choice", "number", "text", "bool", "time_range"]
Label = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")
]
QuestionCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
LONGEST_ANSWER = 500

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Named(BaseModel):
    """Something with a name in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    zh: Annotated[Label, Field(alias="zh-CN")]
    en: Label

    def label(self, language: Language) -> str:
        """Its name for people."""
        return self.zh if language == "zh-CN" else self.en


class Option(Named):
    """One answer to choose."""

    code: QuestionCode


class Question(Named):
    """One question. `sensitive` marks health and the like (PIPL art. 28)."""

    code: QuestionCode
    type: Kind
    options: Annotated[tuple[Option, ...], Field(max_length=30)] = ()
    multiple: bool = False
    least: float | None = None
    most: float | None = None
    unit: Annotated[str, StringConstraints(max_length=16)] | None = None
    sensitive: bool = False

    @model_validator(mode="after")
    def _fits_its_type(self) -> Question:
        """Options belong to a choice, bounds to a number."""
        if (self.type == "choice") != bool(self.options) or (self.multiple and self.type != "choice"):
            raise ValueError("options belong to a choice")
        if len(self.offered) < len(self.options):
            raise ValueError("options differ")
        if self.type != "number" and (self.least, self.most, self.unit) != (None, None, None):
            raise ValueError("bounds belong to a number")
        return self

    @property
    def offered(self) -> Mapping[str, Option]:
        """The options by their codes."""
        return {option.code: option for option in self.options}

    def fault(self, answer: Any) -> str | None:
        """Why the answer is none to this question, or None."""
        match self.type:
            case "choice":
                return None if self._is_chosen(answer) else "answer_not_offered"
            case "number":
                return self._fault_of_number(answer)
            case "text":
                return _fault_of_text(answer)
            case "bool":
                return None if isinstance(answer, bool) else "answer_not_yes_or_no"
            case "time_range":
                return None if _is_time_range(answer) else "answer_not_a_time_range"

    def _is_chosen(self, answer: Any) -> bool:
        if not self.multiple:
            return isinstance(answer, str) and answer in self.offered
        if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
            return False
        return 0 < len(answer) == len(set(answer)) and set(answer) <= self.offered.keys()

    def _fault_of_number(self, answer: Any) -> str | None:
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return "answer_not_a_number"
        low = self.least is not None and answer < self.least
        high = self.most is not None and answer > self.most
        return "answer_out_of_range" if low or high or answer != answer else None  # noqa: PLR0124 - NaN

    def said(self, answer: Any, language: Language) -> str:
        """The answer in words."""
        match answer:
            case bool():
                return _YES_NO[language][answer]
            case list():
                return _AND[language].join(self.offered[one].label(language) for one in answer)
            case {"from": first, "to": last}:
                return f"{first}–{last}"
            case str() if self.type == "choice":
                return self.offered[answer].label(language)
            case _:
                return f"{answer} {self.unit}" if self.unit else str(answer)


_YES_NO: Mapping[Language, tuple[str, str]] = {"zh-CN": ("否", "是"), "en": ("no", "yes")}
_AND: Mapping[Language, str] = {"zh-CN": "、", "en": ", "}


def _fault_of_text(answer: Any) -> str | None:
    if not isinstance(answer, str) or not answer.strip() or "\0" in answer:
        return "answer_not_a_text"
    return "answer_too_long" if len(answer) > LONGEST_ANSWER else None


def _is_time_range(answer: Any) -> bool:
    """From an hour to an hour; the end may lie after midnight."""
    if not isinstance(answer, dict) or answer.keys() != {"from", "to"}:
        return False
    return all(isinstance(time, str) and _TIME.fullmatch(time) for time in answer.values())


def require_answers(questions: tuple[Question, ...], details: Mapping[str, Any]) -> None:
    """Raises Invalid naming the first answer that does not fit, or that nobody asked for."""
    asked = {question.code: question for question in questions}
    for code, answer in details.items():
        pointer = "/details/" + code.replace("~", "~0").replace("/", "~1")
        if code not in asked:
            raise Invalid(pointer, "question_unknown")
        fault = asked[code].fault(answer)
        if fault is not None:
            raise Invalid(pointer, fault)
