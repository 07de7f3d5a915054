"""From a template and what a page knows to HTML. Autoescape is on; nothing here marks text as safe."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.utils import pass_context

from services.portal import dates
from services.portal.forms import Form
from services.portal.numbers import number_of
from services.portal.steps import PARTS_OF_DAY, PROMISE_ROWS, SLOT_ANSWERS, WINDOW_ROWS, days_ahead
from shared.texts import Language, Texts

TEXTS = Texts("services.portal")
STATIC = resources.files("services.portal") / "static"


def render(template: str, context: Mapping[str, Any]) -> str:
    """The page's HTML. `context` holds `language` and `today`, by which the filters speak."""
    return environment().get_template(template).render(context)


@cache
def environment() -> Environment:
    """The templates with their filters; a name a template misspells is an error, not a blank."""
    made = Environment(
        loader=PackageLoader("services.portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": _spoken(dates.say_day),
        "moment": _spoken(dates.say_moment),
        "half_month": _spoken(dates.say_half_month),
        "number": number_of,
    }
    made.globals |= {
        "t": translate,
        "said": said,
        "word": word,
        "span": span,
        "hours": hours,
        "static": static_address,
    }
    made.globals |= {
        "nothing": Form(),
        "days_ahead": days_ahead,
        "parts_of_day": PARTS_OF_DAY,
        "window_rows": WINDOW_ROWS,
        "promise_rows": PROMISE_ROWS,
        "slot_answers": SLOT_ANSWERS,
    }
    return made


@pass_context
def translate(context: Context, code: str, **data: Any) -> str:
    """The catalogue's sentence for `code` in the page's language."""
    return sentence(code, context["language"], plain=context.get("plain", False), **data)


def sentence(code: str, language: Language, *, plain: bool, **data: Any) -> str:
    """The same, outside templates; in plain words, if they are wished for and there are any."""
    if plain:
        try:
            return TEXTS(f"{code}_plain", language, **data)
        except KeyError:
            pass
    return TEXTS(code, language, **data)


@pass_context
def said(context: Context, code: str) -> str:
    """The same for a sentence that need not be there, such as a hint; empty then."""
    try:
        return TEXTS(code, context["language"])
    except KeyError:
        return ""


@pass_context
def word(context: Context, kind: str, code: str) -> str:
    """A service's code said in words; one we have no word for is shown as it is."""
    return say(kind, code, context["language"])


def say(kind: str, code: str, language: Language) -> str:
    """The same, outside templates."""
    try:
        return TEXTS(f"{kind}_{code}", language)
    except KeyError:
        return code.replace("_", " ")


def explanation(code: str, language: Language) -> str:
    """What a problem type means: our own sentence about it, else that the service's `detail` says it."""
    try:
        return TEXTS(f"problem_{code}", language)
    except KeyError:
        return TEXTS("problem_unknown", language)


@pass_context
def span(context: Context, start: datetime, end: datetime) -> str:
    """From when to when."""
    return dates.say_span(start, end, context["language"], context["today"])


@pass_context
def hours(context: Context, first: int, last: int) -> str:
    """A part of any day."""
    return dates.say_hours(first, last, context["language"])


@cache
def static_address(name: str) -> str:
    """The file's address, changing with its content, so that browsers may keep it for a year."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _spoken(say: Callable[[Any, Language, date], str]) -> Callable[..., str]:
    @pass_context
    def filtered(context: Context, value: Any) -> str:
        return say(value, context["language"], context["today"])

    return filtered
