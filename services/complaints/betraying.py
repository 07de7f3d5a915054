"""Words of a shared summary that would tell the other side who complained: a table (betraying.yaml) and one comparison.

Who hides their name is known by floor and flat, by age and family, by illness, by what they once did about it, and by
their own turns of phrase. The coordinator is shown the words and decides: a guess of ours blocks nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import TypeAdapter

from shared.tables import table_of


@cache
def telltale() -> dict[str, tuple[re.Pattern[str], ...]]:
    """What gives somebody away, by what it tells of."""
    return TypeAdapter(dict[str, tuple[re.Pattern[str], ...]]).validate_python(
        table_of("services.complaints", "betraying.yaml")
    )


BETRAYING = ("home", "person", "health", "past")

QUOTED = 8
"""So many characters in a row of the complainant's own words are a turn of phrase one could be known by."""

_CLAUSE_END = re.compile(r"[。！？!?\n，,；;]+|\.\s")

_PUNCTUATION = re.compile(r"[\s\W_]+")


def betraying_words(summary: str, original: str) -> list[str]:
    """The words of `summary` to look at again: first what tells of home, person, health or past, then quotations."""
    told = (
        match[0].strip()
        for kind in BETRAYING
        for pattern in telltale()[kind]
        for match in pattern.finditer(summary)
    )
    return list(dict.fromkeys((*told, *_quotes(summary, original))))


PRIVATE = ("home", "address", "phone", "health")
"""What of somebody else is looked at before all who complain together read it."""


def private_words(text: str) -> list[str]:
    """Where somebody lives, how they are reached, how they are: the words, in the order of the text."""
    found = (match for kind in PRIVATE for pattern in telltale()[kind] for match in pattern.finditer(text))
    return list(dict.fromkeys(match[0].strip() for match in sorted(found, key=lambda match: match.start())))


def health_words(text: str) -> list[str]:
    """Words about somebody's health, which is asked about before it is shared (PIPL arts. 28, 29)."""
    return _of_kind("health", text)


def health_is_anothers(text: str) -> bool:
    """Whether a clause tells of somebody else's health: it takes that person's own yes (PIPL arts. 13, 29)."""
    clauses = _CLAUSE_END.split(text)
    return any(_of_kind("health", one) and _of_kind("of_another", one) for one in clauses)


def violent_words(text: str) -> list[str]:
    """Words that could be about violence or a crime (People's Mediation Law art. 25)."""
    return _of_kind("violence", text)


def asks_for_an_order(text: str) -> bool:
    """Whether it asks that somebody be closed, stopped or fined: nobody here may, and it is said so at once."""
    return bool(_of_kind("orders", text))


def accusing_words(text: str) -> list[str]:
    """Words that point at a flat or a person: said where nobody saw who it was, they are a suspicion."""
    return _of_kind("suspect", text)


def _of_kind(kind: str, text: str) -> list[str]:
    found = (match[0].strip() for pattern in telltale()[kind] for match in pattern.finditer(text))
    return list(dict.fromkeys(found))


def _quotes(summary: str, original: str) -> Iterator[str]:
    """The longest pieces of at least QUOTED characters that stand in both, signs and spaces left out."""
    said, own = _bare(summary), _bare(original)
    start = 0
    while start + QUOTED <= len(said):
        end = start + QUOTED
        if said[start:end] not in own:
            start += 1
            continue
        while end < len(said) and said[start : end + 1] in own:
            end += 1
        yield said[start:end]
        start = end


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text).casefold()
