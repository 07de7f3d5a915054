"""What an administrator typed of a kind of matter and of its questions, read into its next version. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import count, zip_longest
from typing import Any

from services.portal import forms
from services.portal.answers import (
    Bilingual,
    Choices,
    LawRow,
    Question,
    SubcategoryEntry,
    SubcategoryQuestion,
)
from services.portal.forms import Form, Mistakes, required
from shared.texts import Language

PATHS = ("direct", "mediation", "topic", "authority")
THEN = ("mediation", "topic", "authority")
EMERGENCIES = ("never", "happening_now", "always")
NUMBERS = ("119", "110", "120")
CERTAINTIES = ("H", "M", "L")
DOERS = ("known", "unsure", "unknown")
KINDS = ("choice", "number", "text", "bool", "time_range")
FREE_ROWS = 3
"""Empty rows below those filled in already."""

_LONGEST_CODE = 60


def stored(entry: SubcategoryEntry) -> Form:
    """The form as the version in force fills it in."""
    return Form(
        {
            "zh": [entry.zh],
            "en": [entry.en],
            "path": [entry.path],
            "then": [entry.then or ""],
            "authorities": entry.authorities,
            "emergency": [entry.emergency],
            "call": [entry.call or ""],
            "certainty": [entry.certainty],
            "doer": [entry.doer],
            "evidence": entry.evidence,
            "law_text": [one.text for one in entry.law],
            "law_from": [_day(one.since) for one in entry.law],
            "law_to": [_day(one.until) for one in entry.law],
            "off": ["yes" if entry.off else ""],
            "follows": [str(entry.version)],
        }
    )


def read(form: Form, before: SubcategoryEntry) -> SubcategoryEntry:
    """The next version but for its questions. Raises Mistakes."""
    required(form, "zh", "en", "path", "emergency", "certainty", "doer")
    return before.model_copy(
        update={
            "zh": form["zh"],
            "en": form["en"],
            "path": form["path"],
            "then": form["then"] or None,
            "authorities": tuple(form.all("authorities")),
            "emergency": form["emergency"],
            "call": form["call"] or None,
            "certainty": form["certainty"],
            "doer": form["doer"],
            "evidence": tuple(form.all("evidence")),
            "law": tuple(_law(form)),
            "off": form.says("off"),
        }
    )


def body(entry: SubcategoryEntry) -> dict[str, Any]:
    """What the service is sent of it."""
    said = entry.model_dump(mode="json", by_alias=True)
    names = {"zh-CN": said.pop("zh-CN"), "en": said.pop("en")}
    return {"names": names, **{name: said[name] for name in said.keys() - {"code", "category", "version"}}}


def body_of_questions(entry: SubcategoryEntry) -> dict[str, Any]:
    """The same of its questions alone: what else was changed meanwhile stays."""
    return {"questions": body(entry)["questions"]}


def stored_question(entry: SubcategoryEntry, code: str) -> Form:
    """The form as a question fills it in; an unknown one is new and asked last."""
    one, codes = entry.question(code), [each.code for each in entry.questions]
    if one is None:
        return Form({"after": codes[-1:], "type": ["text"], "follows": [str(entry.version)]})
    here = codes.index(code)
    return Form(
        {
            "zh": [one.zh],
            "en": [one.en],
            "type": [one.type],
            "multiple": ["yes" if one.multiple else ""],
            "option_code": [option.code for option in one.options],
            "option_zh": [option.zh for option in one.options],
            "option_en": [option.en for option in one.options],
            "least": [_figure(one.least)],
            "most": [_figure(one.most)],
            "unit": [one.unit or ""],
            "sensitive": ["yes" if one.sensitive else ""],
            "after": codes[here - 1 : here] if here else [""],
            "follows": [str(entry.version)],
        }
    )


def read_question(form: Form, entry: SubcategoryEntry, code: str) -> SubcategoryQuestion:
    """The question as it was typed; one asked already stays of its kind. Raises Mistakes."""
    before = entry.question(code)
    required(form, "zh", "en", *(() if before else ("type",)))
    kind = before.type if before else form["type"]
    options = tuple(_options(form)) if kind == "choice" else ()
    if kind == "choice" and not options:
        raise Mistakes(options="subject_options_missing")
    is_number = kind == "number"
    return SubcategoryQuestion(
        code=before.code if before else code_of(form["en"], {code, *(one.code for one in entry.questions)}),
        zh=form["zh"],
        en=form["en"],
        type=kind,
        options=options,
        multiple=before.multiple if before else kind == "choice" and form.says("multiple"),
        least=forms.figure(form, "least") if is_number else None,
        most=forms.figure(form, "most") if is_number else None,
        unit=(form["unit"] or None) if is_number else None,
        sensitive=form.says("sensitive"),
    )


def with_question(entry: SubcategoryEntry, question: SubcategoryQuestion, *, after: str) -> SubcategoryEntry:
    """Asked once, after the one of that code, or first."""
    others = [one for one in entry.questions if one.code != question.code]
    place = next((number for number, one in enumerate(others, 1) if one.code == after), 0)
    return entry.model_copy(update={"questions": (*others[:place], question, *others[place:])})


def without_question(entry: SubcategoryEntry, code: str) -> SubcategoryEntry:
    """Not asked any more."""
    return entry.model_copy(update={"questions": tuple(one for one in entry.questions if one.code != code)})


def like(entry: SubcategoryEntry, form: Form, taken: Collection[str]) -> tuple[str, dict[str, Any]]:
    """A new kind that begins as another one is, under a name of its own. Raises Mistakes.

    Whose remit it is and which law holds is to be looked up anew, so it begins as not verified.
    """
    required(form, "zh", "en")
    update = {"zh": form["zh"], "en": form["en"], "certainty": "L", "law": (), "off": False}
    made = body(entry.model_copy(update=update))
    return code_of(form["en"], taken), {"category": entry.category, **made}


def code_of(name: str, taken: Collection[str]) -> str:
    """A code of an English name, another than those taken. Raises Mistakes where the name gives none."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower())[:_LONGEST_CODE].strip("_")
    if not re.match(r"[a-z]", plain):
        raise Mistakes(en="subject_code_wrong")
    numbered = (plain if number == 1 else f"{plain}_{number}" for number in count(1))
    return next(code for code in numbered if code not in taken)


@dataclass(frozen=True)
class Preview:
    """What whoever files sees of a kind of matter."""

    label: str
    calls: tuple[str, ...]
    is_seldom_seen: bool
    questions: tuple[Question, ...]
    evidence: tuple[str, ...]

    @classmethod
    def of(cls, entry: SubcategoryEntry, choices: Choices, language: Language) -> Preview:
        kinds = {one.code: one.label for one in choices.evidence}
        first = [number for number in NUMBERS if number == entry.call]
        return cls(
            entry.named(language).label,
            (*first, *(one for one in NUMBERS if one != entry.call)) if entry.emergency == "always" else (),
            entry.doer != "known",
            tuple(one.asked(language) for one in entry.questions),
            tuple(kinds.get(code, code) for code in entry.evidence),
        )


def _law(form: Form) -> list[LawRow]:
    """An emptied row goes; of days alone nobody knows what they are for. Raises Mistakes."""
    rows = zip_longest(*(form.all(f"law_{name}") for name in ("text", "from", "to")), fillvalue="")
    written = [row for row in rows if any(row)]
    if not all(text for text, _, _ in written):
        raise Mistakes(law="subject_law_without_text")
    try:
        return [
            LawRow(text=text, since=_parsed(since), until=_parsed(until)) for text, since, until in written
        ]
    except ValueError:
        raise Mistakes(law="field_wrong") from None


def _options(form: Form) -> list[Bilingual]:
    """Each under the code it has; a new one gets its own, an emptied one goes. Raises Mistakes."""
    rows = zip_longest(*(form.all(f"option_{name}") for name in ("code", "zh", "en")), fillvalue="")
    written = [row for row in rows if row[1] or row[2]]
    if not all(zh and en for _, zh, en in written):
        raise Mistakes(options="subject_option_wrong")
    taken = {code for code, _, _ in written if code}
    options: list[Bilingual] = []
    for code, zh, en in written:
        options.append(Bilingual(code=code or _code_of_option(en, taken), zh=zh, en=en))
        taken.add(options[-1].code)
    return options


def _code_of_option(name: str, taken: Collection[str]) -> str:
    try:
        return code_of(name, taken)
    except Mistakes:
        raise Mistakes(options="subject_code_wrong") from None


def _parsed(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _figure(figure: float | None) -> str:
    return "" if figure is None else f"{figure:g}"
