"""What people are told while an emergency lasts: data whose every code is a sentence, and fits what was reported."""

from __future__ import annotations

import pytest

from services.complaints.categories import catalogue
from services.complaints.duty import duties
from shared.texts import LANGUAGES
from shared.texts import catalogue as sentences_of

ALL = {**duties().rows, "otherwise": duties().otherwise}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", ALL)
def test_every_code_is_a_sentence(row: str, language):
    said = sentences_of("services.complaints", language)
    assert all(said[f"duty_{code}"] for code in (*ALL[row].do, *ALL[row].dont))


def test_each_row_is_of_a_matter_that_may_be_an_emergency():
    kinds = {code: catalogue().find(code) for code in duties().rows}
    assert all(kind is not None and kind.emergency != "never" for kind in kinds.values())


def test_where_gas_may_be_nobody_touches_a_switch_or_takes_the_lift():
    assert {"switches", "lift", "flame"} <= {*duties().of("gas_cylinder_indoor").dont}
    assert "call_outside" in duties().of("gas_cylinder_indoor").do


def test_what_stands_in_no_row_has_something_to_be_told_too():
    assert duties().of("threat_or_violence") == duties().otherwise
