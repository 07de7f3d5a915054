"""A file is emptied of everybody's words when its time is over, and of nothing else."""

from __future__ import annotations

import json
import typing
from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin

from services.mediation import state as states
from services.mediation.decisions.erasing import WORDS, kept_until, obligation, without_words
from services.mediation.rules import rules_on, table
from services.mediation.state import Mediation
from services.mediation.storage.mediations import _STATES
from tests.unit.mediation.stories import a_mediation

CODES = frozenset(
    {"reference", "category", "room", "uid", "reason", "content_hash", "sha256", "key", "code", "html"}
)
"""Text that is nobody's words: marks, hashes, codes; a dispute's reason is looked at by where it stands."""


def test_every_text_of_every_state_is_somebodys_words_or_known_to_be_nobodys():
    written = {
        field.name
        for one in vars(states).values()
        if isinstance(one, type) and is_dataclass(one)
        for field in fields(one)
        if is_text(typing.get_type_hints(one)[field.name])
    }
    assert written <= WORDS | CODES, written - WORDS - CODES


def is_text(kind: Any) -> bool:
    if get_origin(kind) in (typing.Union, UnionType, tuple):
        return any(is_text(one) for one in get_args(kind))
    return kind is str


def test_words_go_and_a_state_remains_that_can_be_read():
    state = a_mediation().signed().state
    kind, kept = _STATES.dump(state)
    assert state.content.terms.encode() in kept

    emptied = json.dumps(without_words(json.loads(kept)))

    assert state.content.terms not in json.loads(emptied)["content"].values()
    read: Mediation = _STATES.load(kind, emptied)
    assert read.matter.reference == state.matter.reference
    assert read.content.terms == ""


def test_a_dispute_is_emptied_whether_it_is_a_word_or_a_thing():
    said = {"oral": {"dispute": {"party": "x", "reason": "不是这样"}}, "reason": "refused", "dispute": "没修"}
    assert without_words(said) == {
        "oral": {"dispute": {"party": "x", "reason": ""}},
        "reason": "refused",
        "dispute": "",
    }


def test_a_file_is_kept_for_three_years_unless_the_alliance_says_otherwise():
    rules = rules_on(date(2026, 3, 20), table())
    assert kept_until(date(2026, 3, 20), rules) == date(2029, 3, 20)


def test_what_runs_stands_against_it():
    found = obligation(a_mediation().signed().state)
    assert found is not None
    assert found.ground == "open_mediation"
