"""A kind of matter is found by its name and by what people call it, in either language."""

from __future__ import annotations

import pytest

from services.complaints.categories import catalogue
from services.portal import kinds
from services.portal.answers import Category, Subcategory

NOISE = Category(
    code="noise",
    label="噪声",
    subcategories=(
        Subcategory(code="bar_music", label="酒吧音乐、低音"),
        Subcategory(code="fixed_equipment", label="冷库、风机、空调外机"),
        Subcategory(code="our_own", label="铃声"),
    ),
)


def found(asked: str) -> list[str]:
    return [sub.code for _, sub in kinds.found([NOISE], asked)]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("酒吧", ["bar_music"]),
        ("KARAOKE", ["bar_music"]),
        ("cold room", ["fixed_equipment"]),
        ("楼下低音炮咚咚咚的", ["bar_music"]),
        ("铃声", ["our_own"]),
        ("噪声", ["bar_music", "fixed_equipment", "our_own"]),
        ("bar fan", []),
        ("狗", []),
        ("  ", []),
    ],
)
def test_it_is_found_by_names_and_by_peoples_words(asked: str, codes: list[str]) -> None:
    assert found(asked) == codes


def test_every_kind_the_product_comes_with_has_words_and_no_other() -> None:
    assert {*kinds.words()} == {one.code for one in catalogue().subcategories}
