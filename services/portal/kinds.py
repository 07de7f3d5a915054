"""Looking for a kind of matter by one's own words, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pydantic import TypeAdapter

from services.portal.answers import Category, Subcategory
from shared.tables import table_of


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """By which words people look for a kind of matter."""
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(table_of("services.portal", "kinds.yaml"))


def found(categories: Iterable[Category], asked: str) -> list[tuple[Category, Subcategory]]:
    """The kinds that `asked` may mean, as they stand in the catalogue."""
    wanted = asked.casefold().split()
    every = ((category, sub) for category in categories for sub in category.subcategories)
    return [(category, sub) for category, sub in every if wanted and _is_meant(category, sub, wanted)]


def _is_meant(category: Category, sub: Subcategory, wanted: list[str]) -> bool:
    """Either all that was typed is in its names and words, or one of its Chinese words is in what was typed.

    Chinese is written without spaces: whoever types a whole sentence names the matter inside it.
    """
    own = [word.casefold() for word in words().get(sub.code, ())]
    names = " ".join((category.label.casefold(), sub.label.casefold(), *own))
    spoken = any(len(word) > 1 and not word.isascii() and word in part for word in own for part in wanted)
    return spoken or all(part in names for part in wanted)
