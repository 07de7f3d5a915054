"""What a step asks for, and how what was typed is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from services.portal import forms
from services.portal.forms import Form, Mistakes
from services.portal.steps.times import windows_in

Kind = Literal[
    "words",
    "line",
    "lines",
    "day",
    "choice",
    "several",
    "several_options",
    "option",
    "tick",
    "yes_no",
    "score",
    "hidden",
    "windows",
    "slots",
    "promises",
    "file",
    "exhibit",
    "moment",
    "number",
    "bands",
    "pack",
    "person",
    "wording",
    "code",
]

Place = Literal["first", "more"]
About = Literal[
    "case", "mediation", "agreement", "commitment", "message", "evidence", "post", "pledge", "service"
]
PROMISE_ROWS = 5
SLOT_ANSWERS = ("yes", "if_need_be", "no")
SIDES = ("complainant", "respondent")
GUESTS = ("interpreter", "neighbour", "second_mediator", "judge")
"""What somebody is invited to a session as."""

SLIPS = ("paper", "phone", "visit", "counter")
"""How a word came that was not given on a page."""

UPLOADS = (
    r"/cases/[^/]+/steps/(evidence|occurrences|proof|pledges_proof|enter_answer|release_masked|release_masked_film)"
    r"|/cases/[^/]+/steps/(consent|refuse|sign)_on_paper"
    r"|/(cases|visits)/[^/]+/steps/survey_slips"
)
"""Where forms with a file are sent."""

METHODS = (
    "front_line",
    "precise_survey",
    "members_lead",
    "opportunity_in_crisis",
    "equal_exchange",
    "step_by_step",
    "persistence",
    "others_shoes",
    "combination",
    "regular_contact",
)

LANGUAGES = ("cmn", "wuu", "en")
RELATIONS = ("none", "kin", "friend", "business", "adviser", "other")
"""What a mediator declares to be to the parties before taking it."""

RUNGS = ("self", "together", "law", "virtue")


@dataclass(frozen=True)
class Input:
    """One field. `choices` are codes said in words; an `option` is chosen from what the page knows."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    required: bool = True
    longest: int = 4000
    of_file: bool = False
    """Said of the file: not sent where none is."""


@dataclass(frozen=True)
class Step:
    """One command: where it is asked, with which fields, and how prominently it is offered."""

    name: str
    service: str
    path: str
    about: About
    inputs: tuple[Input, ...] = ()
    place: Place = "first"
    fixed: tuple[tuple[str, str], ...] = ()
    """What is sent with every form of the step."""
    word: str = ""
    """What its service calls it, where another service has the same word for a step of its own."""
    named_at: str = ""
    """Where its service says the hash of the words typed, of which only who signs them has the text."""

    @property
    def takes_file(self) -> bool:
        return any(one.kind == "file" for one in self.inputs) or self.lays_before_case

    @property
    def lays_before_case(self) -> bool:
        """Whether its file is evidence of the case, and the step itself names it."""
        return any(one.kind == "exhibit" for one in self.inputs)

    @property
    def is_signed(self) -> bool:
        """Whether it takes the one-time code that is mailed for just the words shown."""
        return any(one.kind == "code" for one in self.inputs)

    @property
    def hash_input(self) -> str:
        """Which field holds the hash of the words that are signed."""
        return next((one.name for one in self.inputs if one.kind == "hidden"), "")

    def words(self, form: Form) -> dict[str, Any]:
        """What is typed of the words to sign. Raises Mistakes."""
        return {name: value for name, value in self.body(form).items() if name not in dict(self.fixed)}

    def address(self, case: UUID, target: UUID) -> str:
        """Where it is asked; `target` is the case itself or what the step is done to."""
        return self.path.format(case=case, target=target)

    def body(self, form: Form) -> dict[str, Any]:
        """What the service is sent. Raises Mistakes for what cannot be sent."""
        empty = {one.name: "field_missing" for one in self.inputs if one.required and _is_empty(one, form)}
        if empty:
            raise Mistakes(**empty)
        return dict(self.fixed) | {
            name: value
            for one in self.inputs
            if form.file is not None or not one.of_file
            for name, value in READERS[one.kind](one, form)
            if value is not None
        }


def step_name(word: str) -> str:
    """The name of a step by the end of its address: `extension/consent` is `extension_consent`."""
    return word.replace("-", "_").replace("/", "_")


def _is_empty(one: Input, form: Form) -> bool:
    match one.kind:
        case "windows" | "slots" | "promises" | "wording":
            return False
        case "file" | "exhibit":
            return form.file is None
        case "moment":
            return not form[f"{one.name}_day"]
        case "person":
            return not (form[one.name] or form[f"{one.name}_number"])
        case _:
            return not form[one.name]


Read = Iterable[tuple[str, Any]]


def _text(one: Input, form: Form) -> Read:
    return [(one.name, form[one.name] or None)]


def _lines(one: Input, form: Form) -> Read:
    """One thing a line."""
    return [(one.name, [line.strip() for line in form[one.name].splitlines() if line.strip()])]


def _several(one: Input, form: Form) -> Read:
    return [(one.name, [code for code in form.all(one.name) if code in one.choices])]


def _several_options(one: Input, form: Form) -> Read:
    return [(one.name, form.all(one.name))]


def _tick(one: Input, form: Form) -> Read:
    """Not ticked is not said: the release before does not know every tick."""
    return [(one.name, form.says(one.name) or None)]


def _yes_no(one: Input, form: Form) -> Read:
    return [(one.name, form[one.name] == "yes" if form[one.name] else None)]


def _score(one: Input, form: Form) -> Read:
    score = form[one.name]
    if not (score.isascii() and score.isdigit()):
        raise Mistakes(**{one.name: "field_wrong"})
    return [(one.name, int(score))]


def _number(one: Input, form: Form) -> Read:
    return [(one.name, forms.figure(form, one.name))]


def _bands(one: Input, form: Form) -> Read:
    """Each octave band as `hz level` or `hz level background`, one after another."""
    columns = ("hz", "level_db", "background_db")
    rows = [row.split() for row in re.split(r"[,，;；、\n]", form[one.name]) if row.strip()]
    if any(len(row) not in (2, 3) or not all(map(_LEVEL.fullmatch, row)) for row in rows):
        raise Mistakes(**{one.name: "bands_wrong"})
    return [(one.name, [dict(zip(columns, row, strict=False)) for row in rows] or None)]


_LEVEL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def _moment(one: Input, form: Form) -> Read:
    day, time = form[f"{one.name}_day"], form[f"{one.name}_time"]
    if not day:
        return []
    try:
        return [(one.name, forms.local_moment(day, time or "12:00"))]
    except ValueError:
        raise Mistakes(**{one.name: "field_wrong"}) from None


def _person(one: Input, form: Form) -> Read:
    """By the number somebody gave of themselves, else as chosen from those one may know of."""
    try:
        return [(one.name, str(UUID(form[f"{one.name}_number"] or form[one.name])))]
    except ValueError:
        raise Mistakes(**{one.name: "number_wrong"}) from None


def _file(_one: Input, _form: Form) -> Read:
    """The file goes beside the body, not in it."""
    return []


def _code(_one: Input, _form: Form) -> Read:
    """The code goes to the alliance service; what it gives for it is sent along."""
    return []


def _windows(one: Input, form: Form) -> Read:
    return [(one.name, windows_in(form) or None)]


def _slots(one: Input, form: Form) -> Read:
    answers = [
        {"slot_id": slot, "answer": form[f"slot_{slot}"]}
        for slot in form.all("slot")
        if form[f"slot_{slot}"] in SLOT_ANSWERS
    ]
    return [(one.name, answers or None)]


def _promises(one: Input, form: Form) -> Read:
    columns = ("owner_side", "what", "measure", "due_on")
    rows = zip(*(form.all(f"promise_{name}") for name in columns), strict=False)
    promises = []
    for number, row in enumerate(rows):
        promise = dict(zip(columns, row, strict=True))
        if not (promise["what"] or promise["measure"] or promise["due_on"]):
            continue
        if not all(promise.values()):
            raise Mistakes(**{f"promise_{number}": "promise_wrong"})
        promises.append(promise | _in_steps(number, promise["due_on"], form))
    if not promises and one.required:
        raise Mistakes(promise_0="promise_missing")
    return [(one.name, promises or None)]


def _in_steps(number: int, due_on: str, form: Form) -> dict[str, list[str]]:
    """The earlier days of what is done several times, as they were written one after another."""
    written = re.findall(r"[^\s,，、;；]+", form.row("promise_earlier", number))
    try:
        days = [date.fromisoformat(day).isoformat() for day in written]
    except ValueError:
        raise Mistakes(**{f"promise_{number}": "promise_earlier_wrong"}) from None
    return {"steps": [*days, due_on]} if days else {}


def _wording(one: Input, form: Form) -> Read:
    """The words of each promise that was entered; which those are, the page knew."""
    rows = zip(*(form.all(f"wording_{name}") for name in ("id", "what", "measure")), strict=False)
    words = [{"id": which, "what": what, "measure": measure} for which, what, measure in rows]
    missing = [number for number, row in enumerate(words) if not row["what"]]
    if missing or not words:
        raise Mistakes(**{f"wording_{missing[0] if missing else 0}": "field_missing"})
    return [(one.name, words)]


READERS: dict[Kind, Callable[[Input, Form], Read]] = {
    "words": _text,
    "line": _text,
    "lines": _lines,
    "day": _text,
    "choice": _text,
    "option": _text,
    "hidden": _text,
    "several": _several,
    "several_options": _several_options,
    "tick": _tick,
    "yes_no": _yes_no,
    "score": _score,
    "windows": _windows,
    "slots": _slots,
    "promises": _promises,
    "wording": _wording,
    "file": _file,
    "exhibit": _file,
    "moment": _moment,
    "number": _number,
    "bands": _bands,
    "pack": _text,
    "person": _person,
    "code": _code,
}
