from __future__ import annotations

from uuid import UUID

import pytest

from services.portal.numbers import number_in, number_of

LIN = UUID("01a2b3c4-0000-7000-8000-3f2a91bc77de")


def test_a_number_is_read_out_in_groups_and_taken_however_it_is_typed() -> None:
    assert number_of(LIN) == "3F2A-91BC-77DE"
    for typed in ("3F2A-91BC-77DE", " 3f2a 91bc 77de", "３Ｆ２Ａ－９１ＢＣ－７７ＤＥ", "3f2a91bc77de"):
        assert number_in(typed) == "3f2a91bc77de", typed


@pytest.mark.parametrize("typed", ["", "302", str(LIN), "3F2A-91BC-77DG", "3F2A-91BC"])
def test_what_is_none_is_none(typed: str) -> None:
    assert number_in(typed) is None
