"""What an alliance may say in its own words, and what it may not. Pure.

The words of a kind go to everybody who is ever told of it. So they name no matter and lead nowhere: what differs from
one to the next is filled in, and every notice carries its own link.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from string import Formatter

from services.notifications.notice import Words
from services.notifications.rules import DATES
from services.notifications.wording import joined
from shared.errors import Invalid, Refused
from shared.texts import Language

MOST_TITLE, MOST_BODY, MOST_DATES = 100, 600, 300

_MARKUP = re.compile(r"[<>]|&#?\w+;|\]\(")

_NOT_SAID = (
    (re.compile(r"://|@|www\.|[\w}-]\.(?:[^\W\d_]{2}|\{)|\d(?:\.\d+){3}", re.IGNORECASE), "no_links"),
    (re.compile(r"SJ-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE), "names_a_matter"),
)
"""Addresses and matters, and what is answered to each.

Chinese has no blanks around a name, and every script has endings: a full stop between letters makes an address of them,
also where one side is filled in.
"""


@dataclass(frozen=True)
class Worded:
    """What is worded: a kind of notice, in one language."""

    kind: str
    language: Language


@dataclass(frozen=True)
class WordsReplaced:
    """From now on notices of that kind say this."""

    of: Worded
    words: Words


@dataclass(frozen=True)
class WordsRestored:
    """From now on they say again what the catalogue has."""

    of: Worded


WordingEvent = WordsReplaced | WordsRestored


@dataclass(frozen=True)
class Wording:
    """Which words of its own the alliance has for it; None are the catalogue's."""

    of: Worded
    own: Words | None = None


def replace(state: Wording, version: int, words: Words, *, follows: int) -> list[WordingEvent]:
    """Raises Invalid with the field at fault, and Refused where somebody changed it since it was looked at."""
    sound = require_sound(words, state.of)
    _require_current(version, follows)
    return [WordsReplaced(state.of, sound)]


def restore(state: Wording, version: int, *, follows: int) -> list[WordingEvent]:
    """Nothing happens where it says the standard already. Raises Refused."""
    _require_current(version, follows)
    return [WordsRestored(state.of)] if state.own else []


def evolve(state: Wording, event: WordingEvent) -> Wording:
    match event:
        case WordsReplaced():
            return Wording(state.of, event.words)
        case WordsRestored():
            return Wording(state.of)


def _require_current(version: int, follows: int) -> None:
    if follows != version:
        raise Refused("changed_meanwhile")


def require_sound(words: Words, of: Worded) -> Words:
    """The words as they are kept, each one paragraph. Raises Invalid with the field at fault."""
    names = DATES[of.kind]
    if not names and words.dates.strip():
        raise Invalid("/dates", "no_days_to_name")
    sound = Words(
        title=_sentence("/title", words.title, MOST_TITLE),
        body=_sentence("/body", words.body, MOST_BODY),
        dates=_sentence("/dates", words.dates, MOST_DATES, names) if names else "",
    )
    _require_nothing_that_leads_away("/body", joined((sound.body, sound.dates), of.language))
    return sound


def _sentence(field: str, typed: str, most: int, names: tuple[str, ...] = ()) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Invalid(field, "words_needed")
    if len(text) > most:
        raise Invalid(field, "words_too_long", most=most)
    _require_places(field, text, names)
    if _MARKUP.search(text) or not text.isprintable():
        raise Invalid(field, "plain_words_only")
    _require_nothing_that_leads_away(field, text)
    return text


def _require_nothing_that_leads_away(field: str, text: str) -> None:
    as_followed = unicodedata.normalize("NFKC", text)
    for forbidden, code in _NOT_SAID:
        if forbidden.search(as_followed):
            raise Invalid(field, code)


def _require_places(field: str, text: str, names: tuple[str, ...]) -> None:
    """Each of `names` stands in it, as it is and in braces, and nothing else does."""
    try:
        found = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise Invalid(field, "braces_disagree") from None
    for name, form, conversion in found:
        if name not in names or form or conversion:
            raise Invalid(field, "placeholder_unknown", name=name)
    if "{{" in text or "}}" in text:
        raise Invalid(field, "braces_disagree")
    missing = [name for name in names if name not in {one[0] for one in found}]
    if missing:
        raise Invalid(field, "placeholder_missing", name=missing[0])
