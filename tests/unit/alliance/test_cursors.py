"""Page marks come back as they went out; others are refused by name."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alliance.views import MEMBERS, PLACES
from shared.errors import Invalid

SOME_ID = UUID(int=7)


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def test_a_mark_comes_back() -> None:
    assert PLACES.read(PLACES.after(("山北路000116号", SOME_ID))) == ("山北路000116号", SOME_ID)
    assert MEMBERS.read(MEMBERS.after(SOME_ID)) == SOME_ID
    assert PLACES.read(None) is None
    assert MEMBERS.read(None) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!",
        "bm90IGpzb24=",
        packed([]),
        packed({}),
        packed(None),
        packed([1, str(SOME_ID)]),
        packed(["x"]),
        packed(["x", "not an id"]),
        packed(["a\0b", str(SOME_ID)]),
        packed(["x", str(uuid4()), "more"]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        "页",
    ],
)
def test_what_we_did_not_make_is_refused(cursor: str) -> None:
    for read in (PLACES.read, MEMBERS.read):
        with pytest.raises(Invalid) as refusal:
            read(cursor)
        assert (refusal.value.field, refusal.value.code) == ("query/cursor", "bad_cursor")


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(Invalid):
        PLACES.read(text)
