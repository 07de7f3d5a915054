"""Every sentence the pages say stands in both languages, with the same places to fill in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import get_args
from uuid import uuid4

import pytest

from services.complaints import commands as complaints_commands
from services.complaints.clocks import ClockName
from services.complaints.terms import Outcome, Status
from services.complaints.terms import Role as CaseRole
from services.mediation import commands as mediation_commands
from services.mediation import state as mediation_state
from services.mediation.decisions.moves import CLOCKWORK
from services.mediation.views.waiting import GIVEN_BY
from services.notifications.rules import DATES
from services.portal.answers import Case, Choice, Choices, Mediation
from services.portal.casefile import CaseFile, Offer
from services.portal.categories import Labels
from services.portal.page import Trouble
from services.portal.rendering import environment
from services.portal.steps import STEPS
from services.portal.waiting import ASKED
from shared.contracts.alliance import Role
from shared.texts import LANGUAGES, Language, catalogue
from tests.integration.portal.town import a_case, a_mediation, a_settlement, an_agreement

PORTAL = Path(str(resources.files("services.portal")))
CHINESE, ENGLISH = (catalogue("services.portal", language) for language in LANGUAGES)
_SAID = re.compile(r'\b(?:t|explanation)\(\s*"([a-z0-9_]+)"\s*[,)]')
_SAID_IN_CODE = {"say", "Mistakes", "MenuItem"}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def said_in_templates() -> Iterator[str]:
    for template in (PORTAL / "templates").iterdir():
        yield from _SAID.findall(template.read_text())


def said_in_code() -> Iterator[str]:
    for module in PORTAL.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            match node:
                case ast.Constant(value=str(code)) if code.startswith("page_") and code.isidentifier():
                    yield code
                case ast.Call() if _name(node) in _SAID_IN_CODE:
                    words = [*node.args, *(one.value for one in node.keywords)]
                    yield from (one.value for one in words if _is_code(one))


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "_" in node.value


def test_both_languages_know_the_same_sentences() -> None:
    assert CHINESE.keys() == ENGLISH.keys()
    assert all(CHINESE.values())
    assert all(ENGLISH.values())


def test_both_languages_have_the_same_places() -> None:
    assert {code: places(CHINESE[code]) for code in CHINESE} == {
        code: places(ENGLISH[code]) for code in ENGLISH
    }


def test_plain_words_say_the_same_as_a_sentence_there_is_with_no_more_to_fill_in() -> None:
    plain = {code: code.removesuffix("_plain") for code in CHINESE if code.endswith("_plain")}
    assert plain
    for words in (CHINESE, ENGLISH):
        assert all(places(words[code]) <= places(words[usual]) for code, usual in plain.items())


def test_whatever_a_template_says_stands_in_the_catalogue() -> None:
    assert set(said_in_templates()) - CHINESE.keys() == set()


def test_whatever_a_notice_has_filled_in_has_a_name_in_both_languages() -> None:
    named = {f"placeholder_{name}" for names in DATES.values() for name in names}
    for words in (CHINESE, ENGLISH):
        assert named - words.keys() == set()


def test_whatever_the_code_says_stands_in_the_catalogue() -> None:
    assert set(said_in_code()) - CHINESE.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_asked_for_in_words(step: str, language: Language) -> None:
    mediation = Mediation.model_validate(a_mediation(agreement=an_agreement(), slots=[A_SLOT]))
    case = Case.model_validate(a_case(settlement=a_settlement()))
    file = CaseFile(case, mediation=mediation, labels=LABELS)
    steps = environment().get_template("steps.html")

    html = steps.make_module(_context(language)).offer(
        Offer(STEPS[step], uuid4()), file, "", steps.environment.globals["nothing"], Trouble()
    )

    assert "<button" in html
    for field in STEPS[step].inputs:
        if field.kind in ("words", "line", "option"):
            assert re.search(rf'<label for="{step}-{field.name}">[^<]', html), field.name
    assert not re.search(r"<legend>\s*</legend>", html)


def _context(language: Language) -> dict[str, object]:
    page = SimpleNamespace(visitor=SimpleNamespace(csrf="csrf"))
    return {"language": language, "today": date(2026, 3, 1), "page": page, "new_key": lambda: "key"}


A_SLOT = {
    "slot_id": str(uuid4()),
    "starts_at": "2026-03-24T06:00:00Z",
    "ends_at": "2026-03-24T08:00:00Z",
    "room": "R1",
}
LABELS = Labels(Choices(categories=(), authorities=(Choice(code="police", label="Police"),)))


def words_of(kind: str) -> set[str]:
    return {code.removeprefix(f"{kind}_") for code in ENGLISH if code.startswith(f"{kind}_")}


def test_every_status_of_a_case_is_said_in_words_and_somebody_holds_it() -> None:
    assert set(get_args(Status)) <= words_of("status")
    assert set(get_args(Status)) <= words_of("holder")


def test_every_status_of_a_mediation_is_said_in_words() -> None:
    statuses = set(mediation_state.STATUS.values()) - {"unopened"}

    assert statuses <= words_of("mediation")
    assert statuses <= words_of("holder")


def test_every_clock_and_role_is_said_in_words() -> None:
    assert set(get_args(ClockName)) <= words_of("clock")
    assert set(get_args(CaseRole)) | set(get_args(Role)) <= words_of("role")


def test_whatever_a_figure_leaves_out_is_said_in_words() -> None:
    """The reasons of figures.py: how a case ended, and what keeps it from being counted at all."""
    ended = {*get_args(Outcome), "joined"}
    uncounted = {"taken_over", "still_running", "not_answered", "without_agreement", "debtor_left"}
    assert ended | uncounted | {"to_be_confirmed", "withheld"} <= words_of("left_out")


def test_whatever_waits_for_somebody_is_said_in_words() -> None:
    assert {*GIVEN_BY} | {*ASKED.values()} == words_of("asks")


def test_every_command_people_may_give_has_a_form() -> None:
    clockwork = set(CLOCKWORK)
    names = {*complaints_commands.NAMES.values(), *mediation_commands.NAMES.values()} - clockwork

    forms = {name.replace("-", "_").replace("/", "_") for name in names}
    again = {"release_masked", "release_masked_film", "readings_measured"}
    again |= {"conclude_agree", "conclude_settle"}
    assert forms | again | {"inquiries_answers", "invite_successor"} == set(STEPS)
