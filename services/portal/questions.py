"""The questions a kind of matter has of its own: how each is asked on the form, and what is sent of the answers."""

from __future__ import annotations

from typing import Any

from services.portal.answers import Question
from services.portal.forms import Form, Mistakes, figure


def field_of(code: str) -> str:
    """The form field a question is answered in."""
    return f"detail_{code}"


def answers_in(form: Form, questions: tuple[Question, ...]) -> dict[str, Any]:
    """What was answered; a question left empty is not sent. Raises Mistakes."""
    answered: dict[str, Any] = {}
    for question in questions:
        answer = _answer(form, question)
        if answer not in (None, []):
            answered[question.code] = answer
    return answered


def _answer(form: Form, question: Question) -> Any:
    name = field_of(question.code)
    match question.type:
        case "choice" if question.multiple:
            offered = {option.code for option in question.options}
            return [code for code in form.all(name) if code in offered]
        case "bool":
            return {"yes": True, "no": False}.get(form[name])
        case "number":
            return figure(form, name)
        case "time_range":
            return _time_range(form, name)
        case _:
            return form[name] or None


def _time_range(form: Form, name: str) -> dict[str, str] | None:
    times = {end: form[f"{name}_{end}"] for end in ("from", "to")}
    if not any(times.values()):
        return None
    if not all(times.values()):
        raise Mistakes(**{name: "field_wrong"})
    return times
