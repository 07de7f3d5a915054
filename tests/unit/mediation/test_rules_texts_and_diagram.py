"""Figures have a source, codes have a sentence, and the README shows what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from importlib import resources

import pytest
from pydantic import ValidationError

from services.mediation.diagram import mermaid
from services.mediation.guidance import label
from services.mediation.rules import Rules, rules_on, table
from services.mediation.state import STATUS, Party
from shared.texts import LANGUAGES, catalogue
from tests.unit.mediation.stories import PARTIES, Story, an_id, an_opening

PACKAGE = resources.files("services.mediation")


def test_every_rule_is_in_the_table_with_its_source():
    assert {line.rule_id for line in table().rows} == {field.name for field in fields(Rules)}
    assert all(line.source and line.unit for line in table().rows)


def test_the_figures_are_those_the_law_and_the_alliance_set():
    rules = rules_on(date(2026, 3, 20), table())
    assert (rules.judicial_days, rules.confirm_working_days, rules.consent_working_days) == (30, 3, 5)
    assert (rules.notice_hours, rules.session_minutes, rules.buffer_minutes) == (24, 90, 30)
    assert (rules.talk_minutes, rules.talk_gap_minutes) == (60, 30)
    assert (f"{rules.quiet_from:%H:%M}", f"{rules.quiet_until:%H:%M}") == ("22:00", "08:00")
    assert rules.reschedule_limit == 2


def test_before_there_were_rules_nothing_is_guessed():
    with pytest.raises(ValidationError):
        rules_on(date(2000, 1, 1), table())


def test_both_languages_say_the_same_things():
    zh, en = (catalogue("services.mediation", language) for language in LANGUAGES)
    assert zh.keys() == en.keys()
    for code in zh:
        assert zh[code]
        assert en[code]
        assert set(re.findall(r"{(\w+)}", zh[code])) == set(re.findall(r"{(\w+)}", en[code]))


def test_a_crowd_has_a_label_for_each():
    crowd = tuple(Party(an_id(600 + number), "complainant", "home") for number in range(60))
    matter = Story().do(an_opening(parties=(*crowd, PARTIES[1]))).state.matter
    labels = [label(matter, party, "zh-CN") for party in crowd]
    assert labels[:2] == ["住户甲", "住户乙"]
    assert len(set(labels)) == 60


def test_every_code_in_the_code_has_a_sentence_and_every_sentence_a_use():
    said = catalogue("services.mediation", "en").keys()
    shared = catalogue("shared", "en").keys()
    source = "\n".join(
        path.read_text("utf-8") for path in _python_files(PACKAGE) if path.name != "__init__.py"
    )
    raised = set(re.findall(r'(?:Refused|Invalid)\((?:"[^"]+", )?"([a-z_]+)"', source))
    raised |= {f"word_{name}" for name in STATUS.values() if name != "unopened"}
    assert raised <= said | shared
    by_form = ("label_", "next_", "already_", "word_")
    unused = {code for code in said if f'"{code}"' not in source and not code.startswith(by_form)}
    assert unused == set()


def _python_files(folder):
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _python_files(entry)
        elif entry.name.endswith(".py"):
            yield entry


def test_the_readmes_diagram_is_drawn_from_the_code():
    readme = PACKAGE.joinpath("README.md").read_text("utf-8")
    [drawn] = re.findall(r"```mermaid\n(.*?)\n```", readme, flags=re.DOTALL)
    assert drawn == mermaid(), "run python -m services.mediation.diagram and put its output into the README"
