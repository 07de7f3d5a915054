"""A form that is refused leads to each field that has something wrong with it, and says what belongs to none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from services.portal.answers import Case, Mediation
from services.portal.casefile import CaseFile, Offer
from services.portal.forms import Form
from services.portal.marks import Mark, Marks
from services.portal.page import Trouble
from services.portal.rendering import environment
from services.portal.steps import STEPS, Step
from tests.integration.portal.town import a_case, a_mediation, a_settlement, an_agreement

UNSEEN = ("hidden", "pack", "slots")
"""What nobody types: there is nothing to lead to."""

SHOWN_AS = {"windows": "window_1", "promises": "promise_1", "wording": "wording_0"}
"""Where a row is what is wrong, and not the field as a whole."""


def a_context(marks: Marks, errors: dict[str, str]) -> dict[str, object]:
    page = SimpleNamespace(visitor=SimpleNamespace(csrf="csrf"), marks=marks)
    known = {"language": "en", "today": date(2026, 3, 1), "page": page, "new_key": lambda: "key"}
    return known | {"trouble": Trouble(422, "Please look again.", errors)}


def drawn(step: Step, marks: Marks, errors: dict[str, str]) -> str:
    mediation = Mediation.model_validate(a_mediation(agreement=an_agreement()))
    options = {one.name: [("a", "A")] for one in step.inputs} | {"person": [("a", "A")]}
    case = Case.model_validate(a_case("evidence", conclusions=["settled"], settlement=a_settlement()))
    file = CaseFile(case, mediation=mediation, options=options)
    offer = Offer(step, uuid4())
    typed = Form({"target": [str(offer.target)]})
    context = a_context(marks, errors)
    steps = environment().get_template("steps.html").make_module(context)
    return str(steps.offer(offer, file, step.name, typed, context["trouble"]))


def fields() -> Iterator[tuple[str, str]]:
    for step in STEPS.values():
        for one in step.inputs:
            if one.kind not in UNSEEN:
                yield step.name, SHOWN_AS.get(one.kind, one.name)


@pytest.mark.parametrize(("step", "name"), list(fields()))
def test_every_field_of_every_step_can_be_led_to(step: str, name: str) -> None:
    marks = Marks()

    html = drawn(STEPS[step], marks, {name: "Wrong."})

    [(at, mark)] = marks.drawn.items()
    assert mark.error == "Wrong."
    assert mark.label
    assert re.search(rf'<(input|select|textarea)[^>]* id="{at}"', html), at
    [described] = re.findall(r'aria-describedby="([^"]*)" aria-invalid="true"', html)
    assert f'id="{described.split()[-1]}">Wrong.</p>' in html


def test_the_ways_stand_above_the_fields_under_their_names() -> None:
    marks = Marks()
    errors = {"text": "Please write something.", "kind": "Please choose."}
    drawn(STEPS["answer"], marks, errors)

    html = drawn(STEPS["answer"], marks, errors)

    above, _, form = html.partition("<form")
    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', above) == [
        ("answer-kind", "Your position – Please choose."),
        ("answer-text", "Your words – Please write something."),
    ]
    assert "<a " not in form


def test_what_stands_beside_no_field_is_said_above() -> None:
    marks = Marks({"name": Mark("Name", "Too long.")})
    assert marks.elsewhere({"name": "Too long.", "parent_id": "No such block."}) == ["No such block."]
