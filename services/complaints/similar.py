"""Which complaints speak of the same matter: words made comparable, then measured. Pure.

Chinese has no spaces, so that raw texts of true duplicates measure below unlike ones: the texts are segmented
and normalised first, and only complaints of about the same place, kind and time are compared at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal
from uuid import UUID

from opencc import OpenCC
from pydantic import TypeAdapter
from rapidfuzz.fuzz import token_set_ratio

from services.complaints.decisions.state import CaseFile
from services.complaints.terms import Identity
from shared.clock import local_day
from shared.tables import table_of

Reason = Literal["same_place", "same_building", "same_subcategory", "alike_words"]

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千])[零〇一二两三四五六七八九十百千]+(?=[号楼幢栋弄室层户家只台把点天个])"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Matter:
    """The words by which a complaint speaks of a kind of matter."""

    category: str
    subcategory: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """similar.yaml."""

    synonyms: tuple[tuple[str, ...], ...]
    empty: frozenset[str]
    matters: tuple[Matter, ...]


@dataclass(frozen=True)
class Complaint:
    """What is compared of a complaint: where, what kind, and its words."""

    place_id: UUID | None
    building_id: UUID | None
    category: str
    subcategory: str
    words: str
    """Empty where they are nobody else's to be measured against."""


@dataclass(frozen=True)
class Known:
    """An open case that may be the same matter."""

    file: CaseFile
    words: str

    @property
    def complaint(self) -> Complaint:
        file, place = self.file, self.file.place
        words = "" if is_private(file.identity) else self.words
        place_id, building_id = (place.place_id, place.building_id) if place else (None, None)
        return Complaint(place_id, building_id, file.category, file.subcategory, words)


@dataclass(frozen=True)
class Likeness:
    """A known case, how alike its words are (0 to 100), and why it is suggested."""

    known: Known
    score: int
    reasons: tuple[Reason, ...]


def is_private(identity: Identity) -> bool:
    """Whether a complaint's words are measured for nobody: an anonymous one could be known by its words."""
    return identity == "anonymous"


def suggestions(of: Complaint, among: Iterable[Known], *, at_least: int, limit: int) -> list[Likeness]:
    """The likest first; of the same place and kind one needs no like words."""
    found = (_likeness(of, known, at_least) for known in among)
    likely = [one for one in found if one is not None]
    likely.sort(
        key=lambda one: (len(one.reasons), one.score, local_day(one.known.file.filed_at)), reverse=True
    )
    return likely[:limit]


def _likeness(of: Complaint, known: Known, at_least: int) -> Likeness | None:
    other = known.complaint
    if other.category != of.category:
        return None
    score = likeness(of.words, other.words)
    reasons: list[Reason] = []
    if of.place_id is not None and of.place_id == other.place_id:
        reasons.append("same_place")
    elif of.building_id is not None and of.building_id == other.building_id:
        reasons.append("same_building")
    if not reasons:
        return None
    if of.subcategory == other.subcategory:
        reasons.append("same_subcategory")
    if score >= at_least:
        reasons.append("alike_words")
    same = {"same_place", "same_subcategory"} <= set(reasons)
    return Likeness(known, score, tuple(reasons)) if same or "alike_words" in reasons else None


def likeness(one: str, other: str) -> int:
    """How alike two texts are, 0 to 100; nothing is like no words."""
    left, right = tokens(one), tokens(other)
    return round(token_set_ratio(" ".join(left), " ".join(right))) if left and right else 0


def tokens(text: str) -> list[str]:
    """The words that count, in one script, with digits for numerals and one word for each meaning."""
    import rjieba  # its dictionary takes 32 MB, which only who compares texts should pay for

    words = (_meanings().get(word, word) for word in rjieba.cut(normalised(text)) if _WORD.fullmatch(word))
    return [word for word in words if word not in vocabulary().empty]


def normalised(text: str) -> str:
    """One width, simplified characters, digits for numerals that count something."""
    simplified = _to_simplified().convert(unicodedata.normalize("NFKC", text))
    return _NUMERAL.sub(lambda found: str(_number(found[0])), simplified)


def other_matters(words: str, category: str) -> list[Matter]:
    """What else a complaint seems to speak of, beside its own category; a hint to the coordinator."""
    text = normalised(words)
    return [
        matter
        for matter in vocabulary().matters
        if matter.category != category and any(word in text for word in matter.words)
    ]


def about(count: int, at_least: int) -> int | None:
    """A number of households that tells of none of them: rounded down to fives, below the floor not told."""
    return count - count % 5 if count >= at_least else None


def _number(numeral: str) -> int:
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


@cache
def vocabulary() -> Vocabulary:
    """The words of this version."""
    return TypeAdapter(Vocabulary).validate_python(table_of("services.complaints", "similar.yaml"))


@cache
def _meanings() -> dict[str, str]:
    return {word: row[0] for row in vocabulary().synonyms for word in row}


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
